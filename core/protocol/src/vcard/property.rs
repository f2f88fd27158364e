//! One property of a card: its name, its parameters and its value.

use super::{charset, line::Line, quoted_printable, value};

/// The maximum number of parameters, types or components that are read of one line. Further ones are left
/// out: one of a single letter takes 80 times as much memory as in the file.
const MAX_PARTS: usize = 100;

/// A property. Its value is decoded, and its escapes are still there.
#[derive(Debug)]
pub(super) struct Property {
    /// The name in capitals, without a group: `TEL` for `item1.tel`.
    pub(super) name: String,
    parameters: Vec<(String, String)>,
    /// The components of `N` and `ORG`. Any other value is one text, and that of a picture is not kept.
    components: Vec<String>,
    /// `false` if letters of the value may be wrong or missing.
    pub(super) is_certain: bool,
}

impl Property {
    /// Reads a line. Returns `None` if it is not a property.
    pub(super) fn read(line: Line) -> Option<Self> {
        let Line { mut bytes, is_complete } = line;
        let end = end_of_head(&bytes)?;
        let value = bytes.split_off(end + 1);
        let head = String::from_utf8_lossy(bytes.get(..end)?);
        let mut parts = split(&head);
        let name = parts.next()?.rsplit('.').next()?.trim().to_ascii_uppercase();
        let is_of_a_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if name.is_empty() || !name.bytes().all(is_of_a_name) {
            return None;
        }
        let parameters = parts.by_ref().take(MAX_PARTS).map(parameter).collect();
        let is_certain = is_complete && parts.next().is_none();
        let mut property = Self { name, parameters, components: Vec::new(), is_certain };
        if property.is_binary() {
            return Some(property);
        }
        if matches!(property.name.as_str(), "N" | "ORG") {
            let mut components = value::components(&value);
            for component in components.by_ref().take(MAX_PARTS) {
                property.decode(component.to_vec());
            }
            property.is_certain &= components.next().is_none();
        } else {
            property.decode(value);
        }
        Some(property)
    }

    /// Decodes a component, or the whole value.
    fn decode(&mut self, written: Vec<u8>) {
        let is_encoded = self
            .parameter("ENCODING")
            .is_some_and(|it| it.eq_ignore_ascii_case("QUOTED-PRINTABLE"));
        let (bytes, is_intact) =
            if is_encoded { quoted_printable::decode(&written) } else { (written, true) };
        let (text, is_certain) = charset::decode(bytes, self.parameter("CHARSET"));
        self.components.push(text);
        self.is_certain &= is_intact && is_certain;
    }

    /// Returns `true` if the value is in base64, whose lines some programs do not fold.
    pub(super) fn is_binary(&self) -> bool {
        let is_base64 =
            |it: &str| it.eq_ignore_ascii_case("BASE64") || it.eq_ignore_ascii_case("B");
        matches!(self.name.as_str(), "PHOTO" | "LOGO" | "SOUND" | "KEY")
            || self.parameter("ENCODING").is_some_and(is_base64)
    }

    /// The value of the first parameter of this name, which is in capitals.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The values of `TYPE` in lower case: `TYPE=CELL,VOICE`, or bare as in `TEL;CELL:`.
    pub(super) fn types(&self) -> Vec<String> {
        let types = self.parameters.iter().filter(|(name, _)| name == "TYPE");
        let words = types.flat_map(|(_, value)| value.split(','));
        words.take(MAX_PARTS).map(|word| word.trim().to_ascii_lowercase()).collect()
    }

    /// The value as one text. Empty for a picture.
    pub(super) fn text(&self) -> String {
        self.components.first().map(|value| value::unescaped(value)).unwrap_or_default()
    }

    /// The components of `N` or `ORG`.
    pub(super) fn components(&self) -> Vec<String> {
        self.components.iter().map(|component| value::unescaped(component)).collect()
    }
}

/// Where the value begins: at the first colon that is not in quotation marks, or at the first one if a
/// quotation mark has no end.
fn end_of_head(line: &[u8]) -> Option<usize> {
    let mut is_quoted = false;
    let end = line.iter().position(|byte| {
        is_quoted ^= *byte == b'"';
        *byte == b':' && !is_quoted
    });
    end.or_else(|| line.iter().position(|byte| *byte == b':'))
}

/// Splits a head at its semicolons, except those in quotation marks.
fn split(head: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    head.split(move |c: char| {
        is_quoted ^= c == '"';
        c == ';' && !is_quoted
    })
}

/// A parameter: its name in capitals, and its value without quotation marks. One without a name is an
/// encoding or a type (vCard 2.1).
fn parameter(written: &str) -> (String, String) {
    let (name, value) = match written.split_once('=') {
        Some((name, value)) => (name.trim().to_ascii_uppercase(), value),
        None if is_encoding(written.trim()) => ("ENCODING".to_owned(), written),
        None => ("TYPE".to_owned(), written),
    };
    (name, value.replace('"', "").trim().to_owned())
}

fn is_encoding(word: &str) -> bool {
    ["QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"].iter().any(|it| word.eq_ignore_ascii_case(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<Property> {
        Property::read(Line { bytes: line.as_bytes().to_vec(), is_complete: true })
    }

    #[test]
    fn property_has_its_name_parameters_and_value() {
        let property =
            read(r#"item1.tel;VALUE=uri;PREF=1;type="voice,Cell":tel:+447700900123"#).unwrap();
        assert_eq!(
            (property.name.as_str(), property.text().as_str()),
            ("TEL", "tel:+447700900123")
        );
        assert_eq!(property.parameter("PREF"), Some("1"));
        assert_eq!(property.types(), ["voice", "cell"]);
        let old = read("TEL;CELL;PREF:07700 900123").unwrap();
        assert_eq!(
            (old.types(), old.text()),
            (vec!["cell".into(), "pref".into()], "07700 900123".into())
        );
        let quoted = read(r#"ORG;LABEL="1: High St; Flat 2":Council;;East"#).unwrap();
        assert_eq!(quoted.components(), ["Council", "", "East"]);
        assert_eq!(read(r#"N;X="a:b"#).unwrap().text(), "b");
        for line in ["", "no colon", ":x", "a b:c", "é:c"] {
            assert!(read(line).is_none(), "{line}");
        }
    }

    #[test]
    fn value_is_decoded_and_a_picture_is_not_kept() {
        let name = read("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB\\; x").unwrap();
        assert_eq!((name.text().as_str(), name.is_certain), ("Zoë; x", true));
        assert!(!read("FN;QUOTED-PRINTABLE:Zo=C3=Z").unwrap().is_certain);
        for photo in ["PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ", "PHOTO:data:image/jpeg;base64,/9j"] {
            let photo = read(photo).unwrap();
            assert!(photo.is_binary() && photo.text().is_empty());
        }
    }

    #[test]
    fn encoded_or_escaped_semicolon_ends_no_component() {
        for (value, components) in [
            ("Care=3B east;Bo=C3=AB", ["Care; east", "Boë"]),
            (r"Care\; east;Bo=C3=AB", ["Care; east", "Boë"]),
            ("Care=5C=3B east;Bo=C3=AB", ["Care; east", "Boë"]),
            ("Care=5C;Bo=C3=AB", ["Care\\", "Boë"]),
        ] {
            let property = read(&format!("ORG;ENCODING=QUOTED-PRINTABLE:{value}")).unwrap();
            assert_eq!(property.components(), components, "{value}");
            assert!(property.is_certain);
        }
        assert_eq!(read("N:Care=3B east").unwrap().components(), ["Care=3B east"]);
        assert_eq!(read("FN;QUOTED-PRINTABLE:Care; =3B").unwrap().text(), "Care; ;");
    }

    #[test]
    fn parts_beyond_the_maximum_are_not_read() {
        for (count, is_certain) in [(MAX_PARTS, true), (MAX_PARTS + 1, false)] {
            let many = read(&format!("TEL{}:999", ";X".repeat(count))).unwrap();
            assert_eq!((many.parameters.len(), many.is_certain), (MAX_PARTS, is_certain));
            for name in ["N", "ORG"] {
                let many = read(&format!("{name}:{}", ";".repeat(count - 1))).unwrap();
                assert_eq!((many.components.len(), many.is_certain), (MAX_PARTS, is_certain));
            }
            let many = read(&format!("TEL;TYPE={}:999", "x,".repeat(count - 1))).unwrap();
            assert_eq!((many.types().len(), many.is_certain), (MAX_PARTS, true));
            let text = read(&format!("NOTE:{}", ";".repeat(count))).unwrap();
            assert_eq!((text.text().len(), text.is_certain), (count, true));
        }
    }
}
