//! How explanations are laid out: blocks that are written one after the other.

use core::fmt;

/// Where an explanation or a comparison is written, block by block.
///
/// `Display` uses one that puts each block on one line, with a blank line between. Implement it to
/// wrap lines, to colour headings or to write another format; each text comes without a line break.
///
/// ```
/// use core::fmt;
/// use codes_core::{Page, compare, Smtp354, Smtp521};
///
/// struct Headings(Vec<String>);
///
/// impl Page for Headings {
///     fn title(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
///         self.0.push(text.to_string());
///         Ok(())
///     }
///     fn heading(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
///         self.0.push(text.to_string());
///         Ok(())
///     }
///     fn paragraph(&mut self, _: fmt::Arguments<'_>) -> fmt::Result {
///         Ok(())
///     }
///     fn item(&mut self, _: &str, _: fmt::Arguments<'_>) -> fmt::Result {
///         Ok(())
///     }
/// }
///
/// let mut page = Headings(Vec::new());
/// compare(Smtp354, Smtp521).write_to(&mut page)?;
/// assert!(page.0.contains(&"Key differences".to_owned()));
/// # Ok::<(), fmt::Error>(())
/// ```
pub trait Page {
    /// What the whole is about; once, at the top.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn title(&mut self, text: fmt::Arguments<'_>) -> fmt::Result;

    /// The heading of the blocks that follow.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn heading(&mut self, text: fmt::Arguments<'_>) -> fmt::Result;

    /// Sentences.
    ///
    /// # Errors
    ///
    /// When they cannot be written.
    fn paragraph(&mut self, text: fmt::Arguments<'_>) -> fmt::Result;

    /// One fact of a list, with a short label.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn item(&mut self, label: &str, text: fmt::Arguments<'_>) -> fmt::Result;
}

/// One line for each block.
pub(crate) struct Plain<'a, 'b> {
    out: &'a mut fmt::Formatter<'b>,
    last: Last,
}

#[derive(PartialEq)]
enum Last {
    Nothing,
    Heading,
    Paragraph,
    Item,
}

impl<'a, 'b> Plain<'a, 'b> {
    pub(crate) fn new(out: &'a mut fmt::Formatter<'b>) -> Self {
        Self {
            out,
            last: Last::Nothing,
        }
    }

    fn begin(&mut self, next: Last) -> fmt::Result {
        let separator = match (&self.last, &next) {
            (Last::Nothing, _) => "",
            (Last::Heading, _) | (Last::Item, Last::Item) => "\n",
            _ => "\n\n",
        };
        self.last = next;
        self.out.write_str(separator)
    }
}

impl Page for Plain<'_, '_> {
    fn title(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
        self.begin(Last::Paragraph)?;
        self.out.write_fmt(text)
    }

    fn heading(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
        self.begin(Last::Heading)?;
        self.out.write_fmt(text)
    }

    fn paragraph(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
        self.begin(Last::Paragraph)?;
        self.out.write_fmt(text)
    }

    fn item(&mut self, label: &str, text: fmt::Arguments<'_>) -> fmt::Result {
        self.begin(Last::Item)?;
        write!(self.out, "- {label}: {text}")
    }
}

/// Writes `a`, `a and b`, `a, b and c`.
pub(crate) fn list<T: fmt::Display>(
    items: impl Iterator<Item = T> + Clone,
    last_word: &str,
) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let mut items = items.clone();
        let mut item = items.next();
        let mut is_first = true;
        while let Some(current) = item {
            item = items.next();
            list_item(f, &current, is_first, item.is_none(), last_word)?;
            is_first = false;
        }
        Ok(())
    })
}

// Apart from `list`, which is compiled for each type of items.
fn list_item(
    f: &mut fmt::Formatter<'_>,
    item: &dyn fmt::Display,
    is_first: bool,
    is_last: bool,
    last_word: &str,
) -> fmt::Result {
    match (is_first, is_last) {
        (true, _) => write!(f, "{item}"),
        (false, true) => write!(f, " {last_word} {item}"),
        (false, false) => write!(f, ", {item}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_people_write_them() {
        let text = |items: &[&str]| list(items.iter(), "and").to_string();
        assert_eq!(text(&[]), "");
        assert_eq!(text(&["a"]), "a");
        assert_eq!(text(&["a", "b"]), "a and b");
        assert_eq!(text(&["a", "b", "c"]), "a, b and c");
    }
}
