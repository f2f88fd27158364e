import Foundation
import PromiseBindings

/// A text of the council in several languages: language tag to text.
public typealias Localised = PromiseBindings.Localised

extension Localised {
    /// Returns the text in the locale's language if there is one, otherwise in English.
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
