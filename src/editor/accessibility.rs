//! What a screen reader reads of the whole window: its name, those of its dialogs, and no signs of icons.
//!
//! Knows the tree that egui makes and nothing of releases. Invariant: no name holds a character of the icons' face,
//! whose code says nothing to a listener.

use std::collections::HashMap;

use egui::{
    Context, FullOutput, Plugin, ViewportCommand, ViewportId,
    accesskit::{Node, NodeId, Role},
};

/// The characters that the face of the icons uses.
const ICONS: std::ops::RangeInclusive<char> = '\u{E000}'..='\u{F8FF}';

/// Mends the tree before it is handed out.
#[derive(Default)]
pub struct Accessibility {
    /// The title of the window, as it was set last.
    title: String,
}

impl Plugin for Accessibility {
    fn debug_name(&self) -> &'static str {
        "accessibility"
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        let commands = output.viewport_output.get(&ViewportId::ROOT).map(|output| output.commands.as_slice());
        for command in commands.unwrap_or_default() {
            if let ViewportCommand::Title(title) = command {
                self.title.clone_from(title);
            }
        }
        let Some(update) = &mut output.platform_output.accesskit_update else { return };
        for (id, node) in &mut update.nodes {
            if *id == egui::accesskit_root_id().accesskit_id() {
                node.set_label(self.title.clone());
            }
            without_icons(node);
        }
        name_dialogs(&mut update.nodes);
    }
}

/// Takes the signs of icons out of what is said of a node; a sign alone is not said at all.
fn without_icons(node: &mut Node) {
    let said = |text: &str| text.contains(|c| ICONS.contains(&c)).then(|| text.replace(|c| ICONS.contains(&c), ""));
    if let Some(label) = node.label().and_then(said) {
        node.set_label(label.trim());
    }
    if let Some(value) = node.value().filter(|_| node.role() == Role::Label).and_then(said) {
        if value.trim().is_empty() {
            node.set_hidden();
        }
        node.set_value(value.trim());
    }
}

/// Names each dialog by its first text.
fn name_dialogs(nodes: &mut [(NodeId, Node)]) {
    let is_nameless = |node: &Node| {
        matches!(node.role(), Role::Dialog | Role::AlertDialog)
            && node.label().is_none_or(|label| label.trim().is_empty())
    };
    if !nodes.iter().any(|(_, node)| is_nameless(node)) {
        return;
    }
    let at: HashMap<NodeId, usize> = nodes.iter().enumerate().map(|(index, (id, _))| (*id, index)).collect();
    for index in 0..nodes.len() {
        if !is_nameless(&nodes[index].1) {
            continue;
        }
        let mut inner: Vec<NodeId> = nodes[index].1.children().iter().rev().copied().collect();
        while let Some(id) = inner.pop() {
            let Some((_, node)) = at.get(&id).and_then(|&at| nodes.get(at)) else { continue };
            if node.role() == Role::Label && node.value().is_some_and(|value| !value.trim().is_empty()) {
                nodes[index].1.set_labelled_by([id]);
                break;
            }
            inner.extend(node.children().iter().rev());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::theme;

    /// What is told of a window.
    fn told(mut contents: impl FnMut(&mut egui::Ui)) -> Vec<(NodeId, Node)> {
        let ctx = Context::default();
        theme::install(&ctx);
        ctx.enable_accesskit();
        ctx.add_plugin(Accessibility::default());
        ctx.send_viewport_cmd(ViewportCommand::Title("visit.release".to_owned()));
        // A dialog is measured in the first frame, and told from the second on.
        ctx.run_ui(egui::RawInput::default(), &mut contents).textures_delta.clear();
        let mut output = ctx.run_ui(egui::RawInput::default(), contents);
        output.textures_delta.clear();
        output.platform_output.accesskit_update.unwrap().nodes
    }

    #[test]
    fn no_name_holds_the_sign_of_an_icon() {
        let nodes = told(|ui| {
            _ = ui.button(format!("{}  Save", theme::icon::SAVE));
            ui.label(format!("{} Complete", theme::icon::DONE));
            ui.label(theme::icon::DONE);
        });
        let of = |role| nodes.iter().map(|(_, node)| node).filter(move |node| node.role() == role);
        assert_eq!(of(Role::Button).filter_map(Node::label).collect::<Vec<_>>(), ["Save"]);
        let labels: Vec<_> = of(Role::Label).map(|node| (node.value().unwrap(), node.is_hidden())).collect();
        assert_eq!(labels, [("Complete", false), ("", true)]);
        assert_eq!(of(Role::Window).filter_map(Node::label).collect::<Vec<_>>(), ["visit.release"]);
    }

    #[test]
    fn a_dialog_is_called_by_its_first_text() {
        let nodes = told(|ui| {
            theme::question(ui.ctx(), "unsaved").show(ui.ctx(), |ui| {
                ui.label(theme::icon::WARNING);
                ui.label("Save the changes?");
                ui.label("They are in no file.");
            });
        });
        let dialog = nodes.iter().find(|(_, node)| node.role() == Role::Dialog).unwrap();
        let [name] = dialog.1.labelled_by() else { panic!("{dialog:?}") };
        let name = nodes.iter().find(|(id, _)| id == name).unwrap();
        assert_eq!(name.1.value(), Some("Save the changes?"));
    }
}
