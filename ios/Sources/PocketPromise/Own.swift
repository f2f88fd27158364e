import Foundation
import PromiseBindings

/// The young person's own contacts and profile. Private to the person.
extension PocketPhone {
    /// Returns the young person's own contacts, pinned ones first. Without hidden ones.
    public func ownContacts() async throws(PromiseError) -> [OwnContact] {
        try await call { try $0.ownContacts() }
    }

    /// Returns the young person's own contacts that they hide.
    public func hiddenOwnContacts() async throws(PromiseError) -> [OwnContact] {
        try await call { try $0.hiddenOwnContacts() }
    }

    /// Adds a contact, which must have a name. Returns its id. If a number is not valid, throws
    /// `.invalidPhoneNumber` and saves nothing. If a call to a number costs extra, throws
    /// `.costlyPhoneNumber` unless the edit has `costConfirmed`.
    @discardableResult
    public func add(ownContact contact: OwnContactEdit) async throws(PromiseError) -> OwnContact.ID {
        try await call { try $0.addOwnContact(contact: contact) }
    }

    /// Changes an own contact; fields that are left out stay unchanged.
    public func edit(ownContact id: OwnContact.ID, _ edit: OwnContactEdit) async throws(PromiseError) {
        try await call { try $0.editOwnContact(id: id, contact: edit) }
    }

    /// Deletes an own contact with all its fields.
    public func delete(ownContact id: OwnContact.ID) async throws(PromiseError) {
        try await call { try $0.deleteOwnContact(id: id) }
    }

    /// Reads a file of cards of an address book, and returns what importing each of them would do, in the
    /// order of the file. Nothing is saved. Show the person which cards there are, and what is left out of
    /// each and why; then `importCards` takes those that they choose. Throws `.noCards` or `.cardsTooLarge`
    /// for the whole file only.
    public func previewCards(_ file: Data) async throws(PromiseError) -> [PreviewedCard] {
        try await call { try $0.previewCards(file: file) }
    }

    /// Imports these cards of a file as own contacts, all of them or none. Contacts who are here are not
    /// doubled. Throws `.costlyPhoneNumber` if a card has the remark `.costsExtra`, unless the person has read
    /// the cost.
    @discardableResult
    public func importCards(
        _ cards: [PreviewedCard],
        of file: Data,
        costConfirmed: Bool = false
    ) async throws(PromiseError) -> CardImport {
        let positions = cards.map(\.position)
        return try await call {
            try $0.importCards(file: file, positions: positions, costConfirmed: costConfirmed)
        }
    }

    /// Returns what the young person entered about themselves.
    public func profile() async throws(PromiseError) -> Profile {
        try await call { try $0.profile() }
    }

    /// Replaces the whole profile: fields that are left out are cleared.
    public func write(profile: Profile) async throws(PromiseError) {
        try await call { try $0.writeProfile(profile: profile) }
    }
}

/// Data that leaves the phone at the person's request.
extension PocketPhone {
    /// Shares one private item with the adviser, in a new ask with this text. The adviser sees it after
    /// the next sync; deleting the ask takes the item back. Returns the ask's id.
    @discardableResult
    public func share(_ item: SharedItem, withAdviser text: String) async throws(PromiseError) -> Ask.ID {
        try await call { try $0.shareWithAdviser(item: item, text: text) }
    }

    /// Returns everything this phone holds of the person as one HTML page, to read anywhere and to print.
    /// The council's texts are in the first of these languages that they have. `labels` translates the
    /// page's own words, in JSON; without it they are English. Discreet contacts are in it only if
    /// `includeDiscreet` asks for them: no lock guards the page.
    public func exportPage(
        languages: [String] = ["en"],
        labels: String? = nil,
        includeDiscreet: Bool = false
    ) async throws(PromiseError) -> String {
        try await call {
            try $0.exportPage(languages: languages, labels: labels, includeDiscreet: includeDiscreet)
        }
    }

    /// Returns all contacts as cards for an address book: hidden ones too, and discreet ones if
    /// `includeDiscreet` asks for them.
    public func exportCards(
        _ version: CardVersion = .v4,
        includeDiscreet: Bool = false
    ) async throws(PromiseError) -> String {
        try await call { try $0.exportCards(version: version, includeDiscreet: includeDiscreet) }
    }

    /// Returns the appointments as a calendar file, with those that were cancelled since the last one. A calendar
    /// that reads a newer file replaces what it has.
    public func exportCalendar() async throws(PromiseError) -> String {
        try await call { try $0.exportCalendar() }
    }
}

extension OwnContact: Identifiable {}
