//! Messages over the window: what was done, and what could not be done.
//!
//! Knows neither drafts nor files but the one that a message offers to open. Its invariants: a message moves nothing
//! in the window, and covers neither the line of the caret, nor the control that has the keyboard, nor the buttons of a
//! dialog, nor, where there is a form, the pages; good news goes by itself and bad news stays until it is closed; no
//! text is shown twice; and the messages about a draft go with it.

use std::path::PathBuf;

use egui::{
    Align, Align2, Area, Context, Frame, Id, Key, Layout, Modifiers, Order, Rect, RichText as Label, Ui, Vec2, vec2,
};

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
/// The width of a message, the least width of one beside a dialog, and the distance from the edges of the form, in
/// points.
const WIDTH: f32 = 420.0;
const NARROWEST: f32 = 180.0;
const BESIDE: f32 = 18.0;
/// The height of the status line, in points.
const STATUS: f32 = 34.0;
/// The distance between the caret and a message, in points: beside it, and above or below it, where the next lines are.
const CLEAR: Vec2 = vec2(8.0, 30.0);
/// The height of the largest control that messages do not cover, in points.
const LARGEST_CONTROL: f32 = 60.0;
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
    /// The part of the window that they lie over: the form, or the pages where there is no form.
    over: Option<Rect>,
    /// Whether they lie at its top, because the caret or a dialog is at its foot.
    is_above: bool,
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

    /// Takes back what was pointed out, as something else was done since.
    pub fn pass(&mut self) {
        self.list.retain(|(message, _)| message.tone != Tone::Note);
    }

    /// Takes back what was pointed out and is so no more.
    pub fn withdraw(&mut self, text: &str) {
        self.list.retain(|(message, _)| message.tone != Tone::Note || message.text != text);
    }

    /// Drops what was said of the draft that goes.
    pub fn turn_to_draft(&mut self) {
        self.list.retain(|(message, _)| message.about == About::Program);
    }

    /// Notes which part of the window they lie over: the form, or the pages where there is no form.
    pub fn lie_over(&mut self, over: Option<Rect>) {
        self.over = over;
    }

    /// Shows the messages in the lower left corner of the form, or at its top; returns a file that is to be opened.
    /// With `is_asking` they lie in front of a question, too; `may_close` says that Escape closes the newest.
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
            self.is_above = false;
            return None;
        }
        let window = ctx.content_rect();
        let over = self.over.unwrap_or(window.with_max_y(window.bottom() - STATUS));
        let dialog = ctx.memory(|memory| memory.top_modal_layer().and_then(|layer| memory.area_rect(layer.id)));
        let caret = caret(ctx).or_else(|| control(ctx, id));
        // What was shown last, or will be shown where it was.
        let shown = ctx.memory(|memory| memory.area_rect(id)).map_or(Vec2::ZERO, |area| area.size());
        let place = Place::of(over, shown, caret, dialog, self.is_above);
        self.is_above = place.is_above;
        let width = place.width;
        let (mut closed, mut opened) = (None, None);
        let (pivot, corner) = match place.is_above {
            true => (Align2::LEFT_TOP, over.left_top() + vec2(BESIDE, BESIDE)),
            false => (Align2::LEFT_BOTTOM, over.left_bottom() + vec2(BESIDE, -BESIDE)),
        };
        let area = Area::new(id)
            .order(if is_asking { Order::Tooltip } else { Order::Foreground })
            .pivot(pivot)
            .fixed_pos(corner);
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

/// The caret of the text that has the keyboard.
fn caret(ctx: &Context) -> Option<Rect> {
    ctx.output(|output| output.ime.map(|ime| ime.cursor_rect))
}

/// The control that has the keyboard, unless it is one of the messages' own.
fn control(ctx: &Context, messages: Id) -> Option<Rect> {
    let widget = ctx.memory(egui::Memory::focused).and_then(|id| ctx.read_response(id))?;
    // A list has no caret, and need not be seen as a whole.
    let is_small = widget.rect.height() < LARGEST_CONTROL;
    (is_small && widget.layer_id.id != messages).then_some(widget.rect)
}

/// Where messages lie.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    /// At the top of the form, not at its foot.
    is_above: bool,
    /// In points.
    width: f32,
}

impl Place {
    /// The place of messages of this size over a part of the window, with the caret and an open dialog. They stay where
    /// they are, above or below, until they would cover something.
    fn of(over: Rect, size: Vec2, caret: Option<Rect>, dialog: Option<Rect>, is_above: bool) -> Self {
        let width = WIDTH.min(over.width() - 2.0 * BESIDE).max(NARROWEST);
        let covers = |is_above: bool, what: Rect| {
            let corner = if is_above {
                over.left_top() + vec2(BESIDE, BESIDE)
            } else {
                over.left_bottom() + vec2(BESIDE, -BESIDE - size.y)
            };
            size.y > 0.0 && Rect::from_min_size(corner, size).intersects(what)
        };
        let covers_caret = |is_above| caret.is_some_and(|caret| covers(is_above, caret.expand2(CLEAR)));
        let Some(dialog) = dialog else {
            let turns = covers_caret(is_above) && !covers_caret(!is_above);
            return Self { is_above: is_above != turns, width };
        };
        let beside = dialog.left() - over.left() - 2.0 * BESIDE;
        // At its top a dialog has its title, at its foot its buttons.
        if beside < NARROWEST {
            Self { is_above: true, width }
        } else {
            Self { is_above: false, width: width.min(beside) }
        }
    }
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
    use egui::pos2;

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
    fn a_message_covers_neither_the_line_of_the_caret_nor_the_pages() {
        let (form, size) = (Rect::from_min_max(pos2(0.0, 80.0), pos2(500.0, 734.0)), vec2(420.0, 60.0));
        let caret = |x, y| Some(Rect::from_min_size(pos2(x, y), vec2(1.0, 18.0)));
        let place = |caret, is_above| Place::of(form, size, caret, None, is_above).is_above;
        // Without a caret, and with one high up or on the page, at the foot.
        assert_eq!([None, caret(40.0, 300.0), caret(900.0, 700.0)].map(|caret| place(caret, false)), [false; 3]);
        // In the lines beside the caret it goes up, and stays there until the caret follows.
        assert!(place(caret(40.0, 620.0), false));
        assert!(place(caret(40.0, 300.0), true));
        assert!(!place(caret(40.0, 110.0), true));
        // It never lies over the pages.
        assert!(Place::of(form, size, caret(40.0, 700.0), None, false).width <= form.width());
    }

    #[test]
    fn a_message_covers_no_button_of_a_dialog() {
        let form = Rect::from_min_max(pos2(0.0, 80.0), pos2(500.0, 734.0));
        let dialog = |left: f32| Some(Rect::from_min_max(pos2(left, 20.0), pos2(1280.0 - left, 750.0)));
        let place = |left| Place::of(form, vec2(420.0, 60.0), None, dialog(left), false);
        assert_eq!(place(480.0), Place { is_above: false, width: 420.0 });
        // Beside a wide dialog it is narrow, and where that leaves too little it lies over the title.
        assert_eq!(place(265.0), Place { is_above: false, width: 229.0 });
        assert!(place(30.0).is_above);
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
