//! The window's events, and its frames: what eframe does where there is OpenGL.
//!
//! One window, no child windows. It is an application of the same event loop as eframe's, so that one can
//! follow the other in the same process. The invariant: a request to close reaches the program in a full
//! frame, so that it can ask about unsaved work, even while the window is minimised.

use std::{
    num::NonZeroU32,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use eframe::UserEvent;
use egui::{
    Color32, FullOutput, OrderedViewportIdMap, TexturesDelta, Ui, ViewportBuilder, ViewportCommand, ViewportEvent,
    ViewportId, ViewportInfo,
};
use egui_winit::{ActionRequested, State, accesskit_winit};
use winit::{
    application::ApplicationHandler,
    event::WindowEvent,
    event_loop::{ActiveEventLoop, ControlFlow, EventLoopProxy},
    window::{Window, WindowId},
};

use super::{
    frame::Frame,
    mirror::Mirror,
    texture::{Area, Textures},
};

/// The shortest time from one frame to the next that is not the answer to a key or the pointer. No
/// screen sets the pace here, and an animation would take a whole processor.
const PACE: Duration = Duration::from_millis(16);
/// The same for a window that is minimised.
const UNSEEN_PACE: Duration = Duration::from_millis(250);
/// How wide and high a texture may be: what graphics cards of today have.
const MAX_TEXTURE_SIDE: usize = 16_384;

/// Frames after which a buffer is filled as a whole.
const OLDEST: usize = 8;

/// Shows the program's contents, frame by frame.
pub type Show = Box<dyn FnMut(&mut Ui)>;
/// Makes the program, once there is a window.
type Create = Box<dyn FnOnce(&egui::Context, &Arc<Window>) -> Show>;

/// A program in a window that the processor paints.
pub struct Program {
    proxy: EventLoopProxy<UserEvent>,
    viewport: ViewportBuilder,
    begun: Option<(egui::Context, Mirror)>,
    create: Option<Create>,
    running: Option<Running>,
    /// When the next frame is due.
    due: Option<Instant>,
    /// Why the window could not be opened, or was lost.
    error: Option<anyhow::Error>,
}

struct Running {
    ctx: egui::Context,
    show: Show,
    input: State,
    info: ViewportInfo,
    actions: Vec<ActionRequested>,
    frame: Frame,
    surface: Surface,
    /// Textures of frames that were not painted.
    pending: TexturesDelta,
    begun: Instant,
    is_first: bool,
    is_closing: bool,
    /// Whether the program itself has asked for the redraw that comes next.
    is_asked: bool,
    /// Whether the system may have lost what the window showed.
    is_lost: bool,
    // Last, so that nothing outlives it.
    window: Arc<Window>,
}

/// The pixels that the system shows.
struct Surface {
    surface: softbuffer::Surface<Arc<Window>, Arc<Window>>,
    /// What changed in the last frames, the newest first: a buffer may be some frames old.
    changed: Vec<Vec<Area>>,
}

impl Program {
    /// A program in a window as `viewport` describes it: a new one, or one that has begun elsewhere.
    pub fn new(
        proxy: EventLoopProxy<UserEvent>,
        viewport: ViewportBuilder,
        begun: Option<(egui::Context, Mirror)>,
        create: impl FnOnce(&egui::Context, &Arc<Window>) -> Show + 'static,
    ) -> Self {
        Self { proxy, viewport, begun, create: Some(Box::new(create)), running: None, due: None, error: None }
    }

    /// Why the window could not be opened or was lost, once the event loop has ended.
    ///
    /// # Errors
    /// If it could not, or was.
    pub fn outcome(self) -> anyhow::Result<()> {
        self.error.map_or(Ok(()), Err)
    }

    fn open(&mut self, event_loop: &ActiveEventLoop) -> anyhow::Result<()> {
        let Some(create) = self.create.take() else { return Ok(()) };
        let (ctx, textures) = match self.begun.take() {
            Some((ctx, mirror)) => (ctx, mirror.take()),
            None => (egui::Context::default(), Textures::default()),
        };
        ctx.set_embed_viewports(true);
        if let Ok(passes) = 2.try_into() {
            ctx.options_mut(|options| options.max_passes = passes);
        }
        let viewport = fitting(self.viewport.clone(), event_loop).with_visible(false);
        let window = Arc::new(egui_winit::create_window(&ctx, event_loop, &viewport)?);
        let mut input = State::new(
            ctx.clone(),
            ViewportId::ROOT,
            &window,
            Some(window.scale_factor() as f32),
            window.theme(),
            Some(MAX_TEXTURE_SIDE),
        );
        // Screen readers must know the window before it is shown.
        input.init_accesskit(event_loop, &window, self.proxy.clone());
        let mut info = ViewportInfo::default();
        egui_winit::update_viewport_info(&mut info, &ctx, &window, true);
        let surface = Surface::new(&window)?;
        let proxy = self.proxy.clone();
        ctx.set_request_repaint_callback(move |request| {
            // After the event loop has ended nothing is painted any more.
            let _ = proxy.send_event(UserEvent::RequestRepaint {
                viewport_id: request.viewport_id,
                when: Instant::now() + request.delay,
                cumulative_pass_nr: request.current_cumulative_pass_nr,
            });
        });
        let show = create(&ctx, &window);
        self.running = Some(Running {
            ctx,
            show,
            input,
            info,
            actions: Vec::new(),
            frame: Frame::with(textures),
            surface,
            pending: TexturesDelta::default(),
            begun: Instant::now(),
            is_first: true,
            is_closing: false,
            is_asked: false,
            is_lost: true,
            window,
        });
        Ok(())
    }

    /// Runs and paints a frame, and ends the program if it is to be closed.
    fn run_frame(&mut self, event_loop: &ActiveEventLoop) {
        self.due = None;
        let Some(running) = &mut self.running else { return };
        if let Err(error) = running.run(event_loop) {
            self.error = Some(error);
            event_loop.exit();
        } else if running.is_closing {
            event_loop.exit();
        }
    }

    fn repaint_at(&mut self, when: Instant) {
        let Some(running) = &self.running else { return };
        let pace = if running.is_unseen() { UNSEEN_PACE } else { PACE };
        let when = when.max(running.begun + pace);
        self.due = Some(self.due.map_or(when, |due| due.min(when)));
    }
}

/// The window no larger than the largest screen: on Windows one that is does not appear at all.
fn fitting(viewport: ViewportBuilder, event_loop: &ActiveEventLoop) -> ViewportBuilder {
    let largest = event_loop.available_monitors().fold(egui::Vec2::ZERO, |largest, monitor| {
        let size = monitor.size().to_logical::<f32>(monitor.scale_factor());
        largest.max(egui::vec2(size.width, size.height))
    });
    match viewport.inner_size {
        Some(size) if largest.x > 0.0 && largest.y > 0.0 => viewport.with_inner_size(size.min(largest)),
        _ => viewport,
    }
}

impl ApplicationHandler<UserEvent> for Program {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        match self.open(event_loop) {
            Ok(()) => self.run_frame(event_loop),
            Err(error) => {
                self.error = Some(error);
                event_loop.exit();
            }
        }
    }

    fn user_event(&mut self, event_loop: &ActiveEventLoop, event: UserEvent) {
        let Some(running) = &mut self.running else { return };
        match event {
            UserEvent::RequestRepaint { when, cumulative_pass_nr, .. } => {
                let now = running.ctx.cumulative_pass_nr_for(ViewportId::ROOT);
                // What was asked for before the last frame has been painted with it.
                if now == cumulative_pass_nr || now == cumulative_pass_nr + 1 {
                    self.repaint_at(when);
                }
            }
            UserEvent::AccessKitActionRequest(event) => match event.window_event {
                accesskit_winit::WindowEvent::InitialTreeRequested => {
                    running.ctx.enable_accesskit();
                    // A screen reader waits for the first tree.
                    self.run_frame(event_loop);
                }
                accesskit_winit::WindowEvent::ActionRequested(request) => {
                    running.input.on_accesskit_action_request(request);
                    running.ask();
                }
                accesskit_winit::WindowEvent::AccessibilityDeactivated => running.ctx.disable_accesskit(),
            },
        }
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _: WindowId, event: WindowEvent) {
        let Some(running) = &mut self.running else { return };
        match &event {
            WindowEvent::RedrawRequested => {
                running.is_lost |= !running.is_asked;
                return self.run_frame(event_loop);
            }
            WindowEvent::CloseRequested => {
                running.info.events.push(ViewportEvent::Close);
                // No redraw comes to a window that is minimised.
                return self.run_frame(event_loop);
            }
            WindowEvent::Destroyed => return event_loop.exit(),
            WindowEvent::Occluded(occluded) => running.info.occluded = Some(*occluded),
            _ => {}
        }
        // With a window that is raised or moved, its uncovered parts have to be shown again.
        running.is_lost |= !is_input(&event);
        let response = running.input.on_window_event(&running.window, &event);
        if !response.repaint {
            return;
        }
        if matches!(event, WindowEvent::Resized(_)) {
            // While the edge of a window is dragged, Windows shows only what is painted at once.
            self.run_frame(event_loop);
        } else {
            running.ask();
        }
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        if self.due.is_some_and(|due| due <= Instant::now()) {
            self.due = None;
            match &mut self.running {
                Some(running) if !running.is_unseen() => running.ask(),
                _ => self.run_frame(event_loop),
            }
        }
        event_loop.set_control_flow(self.due.map_or(ControlFlow::Wait, ControlFlow::WaitUntil));
    }

    fn exiting(&mut self, _: &ActiveEventLoop) {
        if let Some(running) = self.running.take() {
            running.ctx.on_exit();
        }
    }
}

/// Whether an event is of the hand alone, and leaves what the window shows as it is.
fn is_input(event: &WindowEvent) -> bool {
    matches!(
        event,
        WindowEvent::KeyboardInput { .. }
            | WindowEvent::ModifiersChanged(_)
            | WindowEvent::Ime(_)
            | WindowEvent::CursorMoved { .. }
            | WindowEvent::MouseInput { .. }
            | WindowEvent::MouseWheel { .. }
    )
}

impl Running {
    /// Asks for a redraw.
    fn ask(&mut self) {
        self.is_asked = true;
        self.window.request_redraw();
    }

    fn is_unseen(&self) -> bool {
        self.window.is_minimized() == Some(true)
    }

    fn run(&mut self, event_loop: &ActiveEventLoop) -> anyhow::Result<()> {
        self.begun = Instant::now();
        self.is_asked = false;
        egui_winit::update_viewport_info(&mut self.info, &self.ctx, &self.window, false);
        let mut input = self.input.take_egui_input(&self.window);
        input.viewports = std::iter::once((ViewportId::ROOT, self.info.clone())).collect();
        let asked_to_close = self.info.close_requested();
        self.info.events.clear();

        let show = &mut self.show;
        let FullOutput { platform_output, textures_delta, shapes, pixels_per_point, viewport_output } =
            self.ctx.run_ui(input, |ui| show(ui));
        self.input.handle_platform_output_with_event_loop(&self.window, event_loop, platform_output);
        self.pending.append(textures_delta);

        let size = self.window.inner_size();
        if let (Some(width), Some(height)) = (NonZeroU32::new(size.width), NonZeroU32::new(size.height))
            && !self.is_unseen()
        {
            let primitives = self.ctx.tessellate(shapes, pixels_per_point);
            let background = self.ctx.global_style().visuals.panel_fill;
            let size = [width.get(), height.get()];
            let changed = self.frame.paint(size, pixels_per_point, &primitives, &self.pending, background);
            self.pending.clear();
            self.act();
            self.surface.present(&self.window, &self.frame, changed, std::mem::take(&mut self.is_lost))?;
            if std::mem::take(&mut self.is_first) {
                // Shown with its contents, so that no empty window flashes; but what a hidden window
                // showed may be lost.
                self.window.set_visible(true);
                self.is_lost = true;
                self.ask();
            }
        }
        let commands: Vec<ViewportCommand> = OrderedViewportIdMap::from_iter(viewport_output)
            .remove(&ViewportId::ROOT)
            .map(|root| root.commands)
            .unwrap_or_default();
        self.is_closing |= asked_to_close && !commands.contains(&ViewportCommand::CancelClose);
        egui_winit::process_viewport_commands(&self.ctx, &mut self.info, commands, &self.window, &mut self.actions);
        if !self.info.events.is_empty() || !self.actions.is_empty() {
            self.ask();
        }
        Ok(())
    }

    /// Does what the program asked of the window.
    fn act(&mut self) {
        for action in std::mem::take(&mut self.actions) {
            let events = match action {
                ActionRequested::Cut => vec![egui::Event::Cut],
                ActionRequested::Copy => vec![egui::Event::Copy],
                ActionRequested::Paste => {
                    let text = self.input.clipboard_text().map(|text| text.replace("\r\n", "\n"));
                    text.filter(|text| !text.is_empty()).map(egui::Event::Paste).into_iter().collect()
                }
                ActionRequested::Screenshot(callback) => {
                    callback.complete(Arc::new(self.picture()));
                    Vec::new()
                }
                ActionRequested::PaintWhileHidden => Vec::new(),
            };
            if !events.is_empty() {
                self.input.egui_input_mut().events.extend(events);
                self.ask();
            }
        }
    }

    /// What the window shows.
    fn picture(&self) -> egui::ColorImage {
        let colours = self.frame.pixels().iter().map(|pixel| {
            let [_, red, green, blue] = pixel.to_be_bytes();
            Color32::from_rgb(red, green, blue)
        });
        egui::ColorImage::new(self.frame.size(), colours.collect())
    }
}

impl Surface {
    fn new(window: &Arc<Window>) -> anyhow::Result<Self> {
        let open = || {
            let context = softbuffer::Context::new(Arc::clone(window))?;
            softbuffer::Surface::new(&context, Arc::clone(window))
        };
        let surface = open().map_err(|error| anyhow::anyhow!("{error}")).context("the window takes no pixels")?;
        Ok(Self { surface, changed: Vec::new() })
    }

    /// Shows a frame, of which these areas changed since the last; all of it if the system lost that.
    fn present(&mut self, window: &Window, frame: &Frame, changed: Vec<Area>, is_lost: bool) -> anyhow::Result<()> {
        let [width, height] = frame.size();
        let (Some(across), Some(down)) = (side(width), side(height)) else { return Ok(()) };
        let failed = |error: softbuffer::SoftBufferError| anyhow::anyhow!("the window takes no pixels: {error}");
        self.surface.resize(across, down).map_err(failed)?;
        let mut buffer = self.surface.buffer_mut().map_err(failed)?;
        let age = usize::from(buffer.age());
        self.changed.insert(0, changed);
        self.changed.truncate(OLDEST);
        let whole = || vec![Area { min: [0, 0], max: [width as i32, height as i32] }];
        let areas = match self.changed.get(..age) {
            Some(frames) if age > 0 => frames.concat(),
            _ => whole(),
        };
        for area in &areas {
            let (left, right) = (area.min[0] as usize, area.max[0] as usize);
            for y in area.min[1] as usize..area.max[1] as usize {
                let row = y * width + left..y * width + right;
                if let (Some(to), Some(from)) = (buffer.get_mut(row.clone()), frame.pixels().get(row)) {
                    to.copy_from_slice(from);
                }
            }
        }
        let shown = if is_lost { whole() } else { areas };
        let damage: Vec<softbuffer::Rect> = shown.into_iter().filter_map(damaged).collect();
        if damage.is_empty() {
            return Ok(());
        }
        window.pre_present_notify();
        buffer.present_with_damage(&damage).map_err(failed)
    }
}

fn side(pixels: usize) -> Option<NonZeroU32> {
    u32::try_from(pixels).ok().and_then(NonZeroU32::new)
}

fn damaged(Area { min, max }: Area) -> Option<softbuffer::Rect> {
    let length = |axis: usize| usize::try_from(max[axis] - min[axis]).ok().and_then(side);
    let place = |axis: usize| u32::try_from(min[axis]).ok();
    Some(softbuffer::Rect { x: place(0)?, y: place(1)?, width: length(0)?, height: length(1)? })
}
