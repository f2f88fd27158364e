import Foundation
import PromiseBindings

extension String {
    /// Returns the text with its telephone numbers, addresses, dates and amounts isolated, so that they
    /// keep their order in text of the other direction, such as a number in Arabic. For every text on
    /// the screen.
    ///
    /// - Parameter language: The tag of the text's language. Without it, the text's own first letter sets
    ///   its direction.
    public func isolated(for language: String? = nil) -> String {
        (try? PromiseBindings.isolate(text: self, language: language)) ?? self
    }
}

extension Locale {
    /// Whether the locale's language is written from right to left.
    public var isRightToLeft: Bool {
        (try? PromiseBindings.isRightToLeft(language: identifier(.bcp47))) ?? false
    }
}
