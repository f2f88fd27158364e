import Foundation
import PromiseBindings

/// A text in several languages, as the council wrote it: language tag to text.
public typealias Localised = PromiseBindings.Localised

extension Localised {
    /// The text in the language of this locale if the council wrote it so, and else in English.
    public func text(for locale: Locale = .current) -> String {
        // From the nearest to the widest: `zh-Hant-TW`, `zh-Hant`, `zh` (RFC 4647, "lookup").
        var tag = Substring(locale.identifier(.bcp47))
        while !tag.isEmpty {
            if let text = self[String(tag)] { return text }
            tag = tag[..<(tag.lastIndex(of: "-") ?? tag.startIndex)]
        }
        return self["en"] ?? ""
    }
}
