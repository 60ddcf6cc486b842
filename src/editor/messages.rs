//! Messages over the window: what was done, and what could not be done.
//!
//! Knows neither drafts nor files but the one that a message offers to open. Its invariants: a message moves nothing
//! in the window, and lies neither over the caret nor, where there is a form, over the pages, whose foot is the
//! signature; good news goes by itself and bad news stays until it is closed; no text is shown
//! twice; and what is said of one draft goes with it.

use std::path::PathBuf;

use egui::{Align, Align2, Area, Context, Frame, Id, Key, Layout, Modifiers, Order, Rect, RichText as Label, Ui, vec2};

use super::{
    field::Canvas,
    prose,
    theme::{accents, icon},
    words::Words,
};

/// How long good news is shown, in seconds: at least, and for each character, as one reads.
const SECONDS: f64 = 5.0;
const SECONDS_PER_CHARACTER: f64 = 0.05;
/// A message with a button is shown longer by so many seconds.
const SECONDS_FOR_BUTTON: f64 = 6.0;
/// The width of a message, and its distance from the edges of the window, in points.
const WIDTH: f32 = 420.0;
const BESIDE: f32 = 18.0;
/// The distance from the lower edge of the window, in points. The status line is below it.
const BELOW: f32 = 52.0;
/// The distance that the caret keeps from messages, in points.
const CLEAR: f32 = 8.0;
/// More messages than these are not shown at once; the newest are.
const MOST: usize = 4;

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done
    Good,
    /// Something is pointed out, which goes by itself
    Note,
    /// Something could not be done
    Bad,
}

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The draft in the window
    Draft,
    /// The program: its settings and lists, its recovery files, the graphics
    Program,
}

/// A message.
#[derive(Clone, Debug)]
pub struct Message {
    /// What is said.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
    /// What it is about.
    pub about: About,
    /// A file that can be opened from here.
    pub file: Option<PathBuf>,
    /// The file that it names, of which the whole path is shown under the mouse.
    pub names: Option<PathBuf>,
}

impl Message {
    /// A message that names no file.
    pub fn new(text: String, tone: Tone, about: About) -> Self {
        Self { text, tone, about, file: None, names: None }
    }
}

/// The messages that are shown, the newest last.
#[derive(Default)]
pub struct Messages {
    /// The form, if it is there.
    form: Option<Rect>,
    /// Whether they lie on the right, because the caret is where they would lie on the left.
    is_right: bool,
    /// Each with the time of the window's clock at which it goes; `None` if it was not shown yet, or stays.
    list: Vec<(Message, Option<f64>)>,
}

impl Messages {
    /// Shows a message, once: news of the same kind that passes by itself gives way to it.
    pub fn push(&mut self, message: Message) {
        let passes = |tone| tone != Tone::Bad;
        self.list
            .retain(|(other, _)| other.text != message.text && !(passes(message.tone) && other.tone == message.tone));
        self.list.push((message, None));
    }

    /// Takes back what was pointed out and is so no more.
    pub fn withdraw(&mut self, text: &str) {
        self.list.retain(|(message, _)| message.tone != Tone::Note || message.text != text);
    }

    /// Drops what was said of the draft that goes.
    pub fn turn_to_draft(&mut self) {
        self.list.retain(|(message, _)| message.about == About::Program);
    }

    /// Notes where the form is.
    pub fn lie_over(&mut self, form: Option<Rect>) {
        self.form = form;
    }

    /// Shows the messages above the lower left corner, over the form; gives a file that is to be opened. With
    /// `is_asking` they lie in front of a question, too; `may_close` says that Escape closes the newest.
    pub fn show(
        &mut self,
        ctx: &Context,
        words: &Words,
        canvas: &mut Canvas,
        is_asking: bool,
        may_close: bool,
    ) -> Option<PathBuf> {
        self.expire(ctx);
        let id = Id::unique("messages");
        if self.list.is_empty() {
            self.is_right = false;
            return None;
        }
        let room = self.form.map_or(ctx.content_rect().width() - 2.0 * BESIDE, |form| form.width());
        let width = WIDTH.min(room - 2.0 * BESIDE).max(120.0);
        self.is_right |= is_over_caret(ctx, id);
        let (mut closed, mut opened) = (None, None);
        let (corner, beside) =
            if self.is_right { (Align2::RIGHT_BOTTOM, -BESIDE) } else { (Align2::LEFT_BOTTOM, BESIDE) };
        let area = Area::new(id)
            .order(if is_asking { Order::Tooltip } else { Order::Foreground })
            .anchor(corner, vec2(beside, -BELOW));
        area.show(ctx, |ui| {
            ui.set_width(width);
            let first = self.list.len().saturating_sub(MOST);
            for (index, (message, until)) in self.list.iter_mut().enumerate().skip(first) {
                let frame = Frame::popup(ui.style()).inner_margin(12).show(ui, |ui| {
                    ui.set_width(width - 24.0);
                    let (close, open) = line(ui, message, words, canvas, index);
                    if close || open {
                        closed = Some(index);
                    }
                    if open {
                        opened.clone_from(&message.file);
                    }
                });
                if frame.response.contains_pointer() {
                    // It is being read.
                    *until = None;
                }
            }
        });
        if closed.is_none() && may_close && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            closed = self.list.len().checked_sub(1);
        }
        if let Some(index) = closed.filter(|&index| index < self.list.len()) {
            self.list.remove(index);
        }
        opened
    }

    /// Takes away what has been shown long enough, and wakes the window when the next one goes.
    fn expire(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        for (message, until) in &mut self.list {
            if message.tone != Tone::Bad && until.is_none() {
                *until = Some(now + seconds(message));
            }
        }
        self.list.retain(|(_, until)| until.is_none_or(|until| now < until));
        if let Some(next) = self.list.iter().filter_map(|(_, until)| *until).reduce(f64::min) {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64((next - now).max(0.05)));
        }
    }
}

/// Whether the messages lie over the caret, or would where they have not been shown yet.
fn is_over_caret(ctx: &Context, id: Id) -> bool {
    let Some(caret) = ctx.output(|output| output.ime.map(|ime| ime.cursor_rect)) else { return false };
    let shown = ctx.memory(|memory| memory.area_rect(id)).filter(|area| area.is_positive());
    shown.is_some_and(|area| area.expand(CLEAR).intersects(caret))
}

/// How long a message that goes by itself is shown.
fn seconds(message: &Message) -> f64 {
    let reading = message.text.chars().count() as f64 * SECONDS_PER_CHARACTER;
    SECONDS + reading + if message.file.is_some() { SECONDS_FOR_BUTTON } else { 0.0 }
}

/// One message with its buttons; says whether it is to be closed, and whether its file is to be opened.
fn line(ui: &mut Ui, message: &Message, words: &Words, canvas: &mut Canvas, index: usize) -> (bool, bool) {
    let (mut close, mut open) = (false, false);
    let (sign, ink) = match message.tone {
        Tone::Good => (icon::DONE, accents(ui.visuals()).good),
        Tone::Note => (icon::RIGHT, ui.visuals().weak_text_color()),
        Tone::Bad => (icon::WARNING, accents(ui.visuals()).warning),
    };
    ui.push_id(index, |ui| {
        ui.horizontal_top(|ui| {
            ui.label(Label::new(sign).size(18.0).color(ink));
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                let name = words.get("close-message");
                let button = ui.button(icon::CLOSE).on_hover_text(name);
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
                close = button.clicked();
                open = message.file.is_some() && ui.button(words.get("open-file")).clicked();
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    let said = prose::paragraph(ui, canvas, words, &message.text);
                    ui.ctx().accesskit_node_builder(said.id, |node| {
                        node.set_live(match message.tone {
                            Tone::Bad => egui::accesskit::Live::Assertive,
                            Tone::Good | Tone::Note => egui::accesskit::Live::Polite,
                        });
                    });
                    if let Some(path) = &message.names {
                        said.on_hover_text(path.display().to_string());
                    }
                });
            });
        });
    });
    (close, open)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str, tone: Tone, about: About) -> Message {
        Message::new(text.to_owned(), tone, about)
    }

    fn texts(messages: &Messages) -> Vec<&str> {
        messages.list.iter().map(|(message, _)| message.text.as_str()).collect()
    }

    fn at(ctx: &Context, messages: &mut Messages, time: f64) {
        let input = egui::RawInput { time: Some(time), ..egui::RawInput::default() };
        ctx.run_ui(input, |ui| messages.expire(ui.ctx())).textures_delta.clear();
    }

    #[test]
    fn nothing_comes_twice_and_good_news_gives_way() {
        let mut messages = Messages::default();
        for text in ["a is held", "b is held", "a is held"] {
            messages.push(message(text, Tone::Bad, About::Draft));
        }
        assert_eq!(texts(&messages), ["b is held", "a is held"]);
        messages.push(message("saved", Tone::Good, About::Draft));
        messages.push(message("exported", Tone::Good, About::Draft));
        assert_eq!(texts(&messages), ["b is held", "a is held", "exported"]);
    }

    #[test]
    fn good_news_goes_by_itself_and_bad_news_stays() {
        let (ctx, mut messages) = (Context::default(), Messages::default());
        messages.push(message("saved", Tone::Good, About::Draft));
        messages.push(message("not saved", Tone::Bad, About::Draft));
        at(&ctx, &mut messages, 1.0);
        at(&ctx, &mut messages, 1.0 + SECONDS);
        assert_eq!(texts(&messages), ["saved", "not saved"]);
        at(&ctx, &mut messages, 3600.0);
        assert_eq!(texts(&messages), ["not saved"]);
    }

    #[test]
    fn a_message_goes_with_its_draft() {
        let mut messages = Messages::default();
        messages.push(message("cannot write visit.ron", Tone::Bad, About::Draft));
        messages.push(message("cannot write settings.ron", Tone::Bad, About::Program));
        messages.turn_to_draft();
        assert_eq!(texts(&messages), ["cannot write settings.ron"]);
    }
}
