# កំហុស ជាភាសាខ្មែរ។ In English the parts of the program that know them say them themselves.

error-unreadable = មិនអាចបើកឯកសារ { $file } បានទេ៖ { $reason }។
error-too-large = ឯកសារ { $file } ធំពេកសម្រាប់សេចក្តីព្រាង។ ឯកសារធំបំផុតមាន { $most } MB។
error-not-text = ឯកសារ { $file } មិនមែនជាសេចក្តីព្រាងទេ។ សូមបើកឯកសារដែលបានរក្សាទុកដោយកម្មវិធីនេះ។
error-not-a-draft = ឯកសារ { $file } បន្ទាត់ទី{ $line } តួទី{ $column }៖ { $reason }
error-not-a-list = បញ្ជីឈ្មោះ { $file } បន្ទាត់ទី{ $line } តួទី{ $column }៖ { $reason }។ ឈ្មោះក្នុងបញ្ជីនេះប្រើមិនទាន់បានទេ រហូតដល់វាត្រូវបានកែ។
error-unwritable = មិនអាចសរសេរឯកសារ { $file } បានទេ៖ { $reason }។ គ្មានអ្វីត្រូវបានផ្លាស់ប្តូរនៅទីនោះទេ។
error-unflushed = បានសរសេរឯកសារ { $file } រួចហើយ តែថាសមិនបានបញ្ជាក់៖ { $reason }។ សូមរក្សាទុកម្តងទៀត។
error-unprotected = ការកែប្រែចុងក្រោយនឹងបាត់បង់ ប្រសិនបើកម្មវិធីបិទដោយចៃដន្យ សូមរក្សាទុកសេចក្តីព្រាង។ មិនអាចសរសេរ { $file } បានទេ៖ { $reason }។
error-unremovable = មិនអាចលុបឯកសារ { $file } បានទេ៖ { $reason }។
error-no-lock = អ្នកផ្សេងមិនដឹងថាសេចក្តីព្រាងនេះកំពុងបើកទេ។ មិនអាចសរសេរ { $file } បានទេ៖ { $reason }។
error-damaged-journal = ការកែប្រែចុងក្រោយនៃសេចក្តីព្រាងមួយអាចបាត់បង់ ព្រោះកំណត់ហេតុរបស់វាមិនពេញលេញ។ វាត្រូវបានទុកជា { $file }។
error-newer-journal = កំណត់ហេតុ { $file } មានសេចក្តីព្រាងរបស់កម្មវិធីកំណែថ្មីជាងនេះ។ សូមបើកកម្មវិធីនោះ ដើម្បីយកវាមកវិញ។
error-ending = ឈ្មោះឯកសារ { $file } ត្រូវបញ្ចប់ដោយ .pdf .png ឬ .txt
error-not-made = មិនអាចបង្កើតឯកសារបានទេ៖ { $reason }
error-no-date = ចម្លើយ «{ $answer }» មិនមែនជាកាលបរិច្ឆេទទេ។
error-no-choice = ចម្លើយ «{ $answer }» មិនមាននៅក្នុងជម្រើសទេ។
error-no-placeholder = គ្មានកន្លែងទុកបំពេញឈ្មោះ «{ $name }» ទេ។

trouble-not-found = គ្មានឯកសារ ឬថតឯកសារនេះទេ
trouble-denied = គ្មានសិទ្ធិទេ សូមជ្រើសថតឯកសារផ្សេង ឬសុំសិទ្ធិ
trouble-read-only = ថាសនេះអាចតែអានប៉ុណ្ណោះ សូមជ្រើសថាសផ្សេង
trouble-full = ថាសពេញហើយ សូមលុបអ្វីខ្លះចេញ ឬជ្រើសថាសផ្សេង
trouble-folder = វាជាថតឯកសារ សូមជ្រើសឯកសារ
trouble-no-folder = ផ្នែកមួយនៃទីតាំងមិនមែនជាថតឯកសារទេ
trouble-busy = កម្មវិធីផ្សេងកំពុងប្រើវា សូមបិទនៅទីនោះសិន
