//! Gives the Windows executables their icon, version and manifest. Does nothing for other systems.

use std::{env, fmt::Write as _, fs, path::Path};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        return;
    }
    println!("cargo:rerun-if-changed=assets/icon/program.ico");
    println!("cargo:rerun-if-changed=assets/icon/draft.ico");
    println!("cargo:rerun-if-changed=packaging/files/windows.manifest");
    for (name, icons) in [("release-composer", true), ("release-composer-console", false)] {
        if let Err(error) = add_resources(name, icons) {
            // A check or a test needs none of it; packaging/windows looks whether the icon is there.
            println!("cargo:warning={name} has no icon, version and manifest: {error}");
        }
    }
}

/// Links the resources into the executable of a name; the one for the console has no icons.
fn add_resources(name: &str, icons: bool) -> std::io::Result<()> {
    let path = Path::new(&env::var("OUT_DIR").unwrap_or_default()).join(format!("{name}.rc"));
    fs::write(&path, script(name, icons))?;
    let mut resources = winresource::WindowsResource::new();
    resources.set_resource_file(&path.display().to_string());
    resources.compile_for(name)
}

/// The resource script, as windres and rc read it. Explorer shows the words of the user's language.
fn script(name: &str, icons: bool) -> String {
    let folder = env::var("CARGO_MANIFEST_DIR").unwrap_or_default().replace('\\', "/");
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let number = |part: &str| env::var(format!("CARGO_PKG_VERSION_{part}")).unwrap_or_default();
    let numbers = format!("{},{},{},0", number("MAJOR"), number("MINOR"), number("PATCH"));
    let mut script = format!("#pragma code_page(65001)\n1 24 \"{folder}/packaging/files/windows.manifest\"\n");
    if icons {
        // Windows takes the first icon for the program; the second is that of draft files.
        let icon = |number, file| format!("{number} ICON \"{folder}/assets/icon/{file}.ico\"\n");
        script += &icon(1, "program");
        script += &icon(2, "draft");
    }
    _ = write!(script, "1 VERSIONINFO\nFILEVERSION {numbers}\nPRODUCTVERSION {numbers}\nFILEOS 0x40004\nFILETYPE 1\n");
    script += "BEGIN\nBLOCK \"StringFileInfo\"\nBEGIN\n";
    for (language, product, description) in
        [("040904B0", "Release Composer", "Release Composer"), ("045304B0", "កម្មវិធីតែងសេចក្តីប្រកាស", "កម្មវិធីតែងសេចក្តីប្រកាស")]
    {
        let values = [
            ("CompanyName", "The Release Composer authors"),
            ("FileDescription", description),
            ("FileVersion", &version),
            ("InternalName", name),
            ("LegalCopyright", "© 2026 The Release Composer authors. MIT or Apache-2.0"),
            ("OriginalFilename", if icons { "release-composer.exe" } else { "release-composer.com" }),
            ("ProductName", product),
            ("ProductVersion", &version),
        ];
        _ = writeln!(script, "BLOCK \"{language}\"\nBEGIN");
        for (key, value) in values {
            _ = writeln!(script, "VALUE \"{key}\", \"{value}\\0\"");
        }
        script += "END\n";
    }
    // Languages with the code page of their words, 1200: UTF-16.
    script += "END\nBLOCK \"VarFileInfo\"\nBEGIN\nVALUE \"Translation\", 0x409, 1200, 0x453, 1200\nEND\nEND\n";
    script
}
