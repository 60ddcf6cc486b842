//! A copy of all textures, in case OpenGL fails while the program runs.
//!
//! egui hands out each texture once, and a failed driver does not give it back. Knows textures and nothing
//! of windows. The invariant: the copy is what a renderer that saw every frame would hold.

use std::sync::{Arc, Mutex, PoisonError};

use super::texture::Textures;

/// Follows the textures of a context as a plugin of it.
#[derive(Clone)]
pub struct Mirror(Arc<Mutex<Option<Textures>>>);

impl Default for Mirror {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Some(Textures::default()))))
    }
}

impl Mirror {
    /// Takes the textures out, and follows them no more.
    pub(super) fn take(&self) -> Textures {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
    }
}

impl egui::Plugin for Mirror {
    fn debug_name(&self) -> &'static str {
        "copy of the textures"
    }

    fn output_hook(&mut self, _: &egui::Context, output: &mut egui::FullOutput) {
        let mut textures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(textures) = &mut *textures {
            textures.take(&output.textures_delta);
            textures.finish(&output.textures_delta);
        }
    }
}
