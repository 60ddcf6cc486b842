//! Signs of fonts that have signs in the place of letters, as Word puts them in: Wingdings and Symbol.

/// Signs by their fonts and codes, those that letters have. All of them are in the fonts of the page.
const SIGNS: [(&str, u32, &str); 34] = [
    ("wingdings", 0x28, "☎"),
    ("wingdings", 0x29, "☎"),
    ("wingdings", 0x2A, "✉"),
    ("wingdings", 0x6C, "●"),
    ("wingdings", 0x6E, "■"),
    ("wingdings", 0x6F, "☐"),
    ("wingdings", 0x71, "☐"),
    ("wingdings", 0x76, "•"),
    ("wingdings", 0x9F, "•"),
    ("wingdings", 0xA7, "•"),
    ("wingdings", 0xA8, "☐"),
    ("wingdings", 0xD8, "•"),
    ("wingdings", 0xDF, "←"),
    ("wingdings", 0xE0, "→"),
    ("wingdings", 0xE8, "→"),
    ("wingdings", 0xEF, "⇐"),
    ("wingdings", 0xF0, "⇒"),
    ("wingdings", 0xFB, "✗"),
    ("wingdings", 0xFC, "✓"),
    ("wingdings", 0xFD, "☒"),
    ("wingdings", 0xFE, "☑"),
    ("symbol", 0x2D, "−"),
    ("symbol", 0xA2, "′"),
    ("symbol", 0xA3, "≤"),
    ("symbol", 0xAC, "←"),
    ("symbol", 0xAE, "→"),
    ("symbol", 0xB0, "°"),
    ("symbol", 0xB1, "±"),
    ("symbol", 0xB2, "″"),
    ("symbol", 0xB3, "≥"),
    ("symbol", 0xB4, "×"),
    ("symbol", 0xB7, "•"),
    ("symbol", 0xD2, "®"),
    ("symbol", 0xD4, "™"),
];

/// The sign of a font at a code, which Word writes in hexadecimal and often among the private characters.
pub fn of(font: &str, code: &str) -> Option<&'static str> {
    let code = u32::from_str_radix(code, 16).ok()?;
    let code = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    let found = SIGNS.iter().find(|(of, at, _)| *at == code && font.eq_ignore_ascii_case(of));
    found.map(|(_, _, sign)| *sign)
}
