//! The window without OpenGL: all pixels are mixed by the processor.
//!
//! Remote Desktop, virtual machines and Windows' basic display driver have no OpenGL 2. Here egui's
//! triangles become pixels ([`frame`]) and the pixels a window's ([`window`]), with winit and softbuffer
//! alone. It knows egui and nothing of releases. The invariant: what is shown differs from what a
//! graphics card shows by no more than rounding.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "colours and places are clamped to their bits before, and conversions from f32 saturate"
)]

mod colour;
mod frame;
mod mirror;
mod raster;
mod shapes;
mod still;
mod texture;
mod window;

pub use mirror::Mirror;
pub use still::Still;
pub use window::{Program, Show};
