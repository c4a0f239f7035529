//! Findings as people read them: the source line, a caret and a help. Not a writer.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Label, Severity, Source, TextSpan, plain};

impl Diagnostic {
    /// This finding with its source line: `file:line:column`, carets, help. `colour`: with ANSI
    /// escapes.
    #[must_use]
    pub fn render(&self, source: &Source, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let title = level.primary_title(plain(&self.message)).id(self.code);
        let mut report = title.elements(self.snippets(source));
        if let Some(help) = &self.help {
            report = report.element(Level::HELP.message(plain(help)));
        }
        let groups: [Group<'_>; 1] = [report];
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&groups)
    }

    /// What is shown at the places, text by text: first the one that has to change.
    fn snippets<'a>(&'a self, source: &'a Source) -> Vec<Snippet<'a, Annotation<'a>>> {
        let related = self.related.iter().map(|label| (AnnotationKind::Context, label));
        let labels = std::iter::once((AnnotationKind::Primary, &self.primary)).chain(related);
        let mut parts: Vec<(&Source, Vec<(AnnotationKind, &Label)>)> = Vec::new();
        for (kind, label) in labels {
            let part = source.part(label.span.start);
            match parts.iter_mut().find(|known| std::ptr::eq(known.0, part)) {
                Some(known) => known.1.push((kind, label)),
                None => parts.push((part, vec![(kind, label)])),
            }
        }
        parts.into_iter().map(|(part, labels)| snippet(part, &labels)).collect()
    }
}

/// The lines from the first place in a text to the last: a look at them costs nothing more in a long text.
fn snippet<'a>(
    part: &'a Source,
    labels: &[(AnnotationKind, &'a Label)],
) -> Snippet<'a, Annotation<'a>> {
    let spans = || labels.iter().map(|(_, label)| label.span);
    let first = spans().map(|span| span.start).min().unwrap_or_default();
    let last = spans().map(|span| span.end).max().unwrap_or_default();
    let lines = part.lines_of(TextSpan::new(first, last));
    let mark = |(kind, label): &(AnnotationKind, &'a Label)| {
        let TextSpan { start, end } = part.clamp(label.span);
        let text = (!label.text.is_empty()).then(|| plain(&label.text));
        kind.span(start - lines.start..end - lines.start).label(text)
    };
    Snippet::source(&part.text()[lines.start..lines.end])
        .line_start(part.position(first).line)
        .path(plain(part.name()))
        .annotations(labels.iter().map(mark))
}
