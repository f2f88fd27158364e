import PromiseBindings

/// What the young person writes about themselves and whom they have. Private to the person.
extension PocketPhone {
    /// The young person's own contacts, pinned ones first. Hidden ones are left out.
    public func ownContacts() async throws(PromiseError) -> [OwnContact] {
        try await ask { try $0.ownContacts() }
    }

    /// The young person's own contacts that they hide.
    public func hiddenOwnContacts() async throws(PromiseError) -> [OwnContact] {
        try await ask { try $0.hiddenOwnContacts() }
    }

    /// Writes down a new contact, who must have a name. A number that is none throws
    /// `.numberNotUnderstood`, and nothing is saved then. Returns the contact's name within the phone.
    @discardableResult
    public func add(ownContact contact: OwnContactEdit) async throws(PromiseError) -> OwnContact.ID {
        try await ask { try $0.addOwnContact(contact: contact) }
    }

    /// Writes about an own contact; what is left out stays as it is.
    public func edit(ownContact id: OwnContact.ID, _ edit: OwnContactEdit) async throws(PromiseError) {
        try await ask { try $0.editOwnContact(id: id, contact: edit) }
    }

    /// Deletes an own contact, and everything that was written about them.
    public func delete(ownContact id: OwnContact.ID) async throws(PromiseError) {
        try await ask { try $0.deleteOwnContact(id: id) }
    }

    /// What the young person said about themselves.
    public func profile() async throws(PromiseError) -> Profile {
        try await ask { try $0.profile() }
    }

    /// Writes what the young person says about themselves, all of it: what is left out is emptied.
    public func write(profile: Profile) async throws(PromiseError) {
        try await ask { try $0.writeProfile(profile: profile) }
    }
}

/// What leaves the phone because the person says so.
extension PocketPhone {
    /// Shows one thing to the adviser, in a new ask with these words. They see it after the next
    /// sync; deleting the ask takes back what was shown. Returns the ask's name.
    @discardableResult
    public func show(_ what: Shown, toAdviserWith words: String) async throws(PromiseError) -> Ask.ID {
        try await ask { try $0.showToAdviser(what: what, words: words) }
    }

    /// Everything of the person's as one HTML page, to read anywhere and to print. What the council
    /// wrote is in the first of these languages that it has. The page's own words are the labels, a
    /// translation in JSON; English without.
    public func exportPage(
        languages: [String] = ["en"],
        labels: String? = nil
    ) async throws(PromiseError) -> String {
        try await ask { try $0.exportPage(languages: languages, labels: labels) }
    }

    /// Everybody this phone has, hidden ones too, as cards for an address book.
    public func exportCards(_ version: CardVersion = .v4) async throws(PromiseError) -> String {
        try await ask { try $0.exportCards(version: version) }
    }
}

extension OwnContact: Identifiable {}
