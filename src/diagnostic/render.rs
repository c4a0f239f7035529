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
        let mut report =
            level.primary_title(plain(&self.message)).id(self.code).element(self.snippet(source));
        if let Some(help) = &self.help {
            report = report.element(Level::HELP.message(plain(help)));
        }
        let groups: [Group<'_>; 1] = [report];
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&groups)
    }

    /// The lines from the first place to the last: a look at them costs nothing more in a long text.
    fn snippet<'a>(&'a self, source: &'a Source) -> Snippet<'a, Annotation<'a>> {
        let labels = || std::iter::once(&self.primary).chain(&self.related);
        let first = labels().map(|label| label.span.start).min().unwrap_or_default();
        let last = labels().map(|label| label.span.end).max().unwrap_or_default();
        let lines = source.lines_of(TextSpan::new(first, last));
        let mark = |kind: AnnotationKind, label: &'a Label| {
            let TextSpan { start, end } = source.clamp(label.span);
            let text = (!label.text.is_empty()).then(|| plain(&label.text));
            kind.span(start - lines.start..end - lines.start).label(text)
        };
        Snippet::source(&source.text()[lines.start..lines.end])
            .line_start(source.position(lines.start).line)
            .path(plain(source.name()))
            .annotation(mark(AnnotationKind::Primary, &self.primary))
            .annotations(self.related.iter().map(|label| mark(AnnotationKind::Context, label)))
    }
}
