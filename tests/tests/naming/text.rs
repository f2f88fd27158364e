//! Splits a source file into code, comments and strings.

/// The syntax of comments and strings in a language.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// Rust, Kotlin and Swift: `//`, `/* */`, double quotes.
    Braces,
    /// SQL: `--`, single quotes.
    Sql,
}

impl Language {
    pub(crate) fn of(file: &str) -> Self {
        let extension = std::path::Path::new(file).extension();
        if extension.is_some_and(|it| it == "sql") { Self::Sql } else { Self::Braces }
    }

    fn comment(self) -> &'static str {
        if self == Self::Sql { "--" } else { "//" }
    }

    fn quote(self) -> char {
        if self == Self::Sql { '\'' } else { '"' }
    }
}

/// A file's code without strings, and its comments, each on the lines on which they stand.
#[derive(Default)]
pub(crate) struct Parts {
    pub(crate) code: String,
    pub(crate) comments: String,
}

impl Parts {
    fn end_line(&mut self) {
        self.code.push('\n');
        self.comments.push('\n');
    }
}

/// Splits a file. Rust's module of unit tests, at the end of a file, is left out.
pub(crate) fn split(source: &str, language: Language) -> Parts {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut parts = Parts::default();
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix(language.comment()) {
            let end = after.find('\n').unwrap_or(after.len());
            parts.comments.push_str(&after[..end]);
            rest = &after[end..];
        } else if rest.starts_with("/*") && language == Language::Braces {
            let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
            for line in rest[..end].split_inclusive('\n') {
                parts.comments.push_str(line.trim_end_matches('\n'));
                if line.ends_with('\n') {
                    parts.end_line();
                }
            }
            rest = &rest[end..];
        } else if next == language.quote() && !rest.starts_with("\"'") {
            rest = string(rest, next, &mut parts);
        } else if let Some(after) = rest.strip_prefix("'\"'") {
            rest = after;
        } else {
            if next == '\n' {
                parts.end_line();
            } else {
                parts.code.push(next);
            }
            rest = &rest[next.len_utf8()..];
        }
    }
    parts
}

/// Skips a string, and returns what follows it.
fn string<'a>(rest: &'a str, quote: char, parts: &mut Parts) -> &'a str {
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => {
                if let Some((_, '\n')) = characters.next() {
                    parts.end_line();
                }
            }
            '\n' => parts.end_line(),
            _ if character == quote => return &rest[at + 1..],
            _ => {}
        }
    }
    ""
}

#[test]
fn strings_and_comments_are_split() {
    let parts = split("let a = \"x // y\"; // say \"it\"\nlet b = 1;\n", Language::Braces);
    assert_eq!(parts.code, "let a = ; \nlet b = 1;\n");
    assert_eq!(parts.comments, " say \"it\"\n\n");
    let parts = split("SELECT 'a--b'; -- why\n", Language::Sql);
    assert_eq!((parts.code.as_str(), parts.comments.as_str()), ("SELECT ; \n", " why\n"));
}
