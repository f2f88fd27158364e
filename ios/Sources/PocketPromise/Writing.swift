import PromiseBindings

/// Edits. When a call returns, the edit is saved on this phone; the next sync sends it, sealed if it is
/// private.
extension PocketPhone {
    /// Saves an opportunity, or edits a saved one; fields that are left out stay unchanged, and an empty
    /// note deletes the note. Private to the person.
    public func save(
        opportunity id: Opportunity.ID,
        status: SaveStatus? = nil,
        note: String? = nil,
        reminder: Reminder? = nil
    ) async throws(PromiseError) {
        let edit = OpportunityEdit(status: status, note: note, remindOn: reminder)
        try await call { try $0.saveOpportunity(id: id, edit: edit) }
    }

    /// Removes an opportunity from the saved ones.
    public func unsave(opportunity id: Opportunity.ID) async throws(PromiseError) {
        try await call { try $0.unsaveOpportunity(id: id) }
    }

    /// Marks a pledge. Private to the person.
    public func mark(
        pledge id: Pledge.ID,
        _ mark: PledgeMark,
        note: String? = nil
    ) async throws(PromiseError) {
        try await call { try $0.markPledge(id: id, mark: mark, note: note) }
    }

    /// Removes the mark from a pledge.
    public func unmark(pledge id: Pledge.ID) async throws(PromiseError) {
        try await call { try $0.unmarkPledge(id: id) }
    }

    /// Edits the young person's own fields of a contact; fields that are left out stay unchanged, and an
    /// empty text deletes one. Private to the person.
    public func edit(contact id: Contact.ID, _ edit: ContactEdit) async throws(PromiseError) {
        try await call { try $0.editContact(id: id, edit: edit) }
    }

    /// Records that the person has seen the present numbers of a contact or line. Call it for a tap, not
    /// because a screen was drawn. It stays on this phone.
    public func markSeen(numbersOf owner: NumberOwner) async throws(PromiseError) {
        try await call { try $0.markNumbersSeen(owner: owner) }
    }

    /// Records that the person has seen one piece of news, by its id. Call it for a tap, not because a screen was
    /// drawn. It stays on this phone; what changed again in the meantime stays new.
    public func markSeen(news id: String) async throws(PromiseError) {
        try await call { try $0.markNewsSeen(newsId: id) }
    }

    /// Writes an ask. The adviser sees it after the next sync. Returns its id.
    @discardableResult
    public func writeAsk(
        _ text: String,
        about: AskAbout = .anything
    ) async throws(PromiseError) -> Ask.ID {
        try await call { try $0.writeAsk(text: text, about: about) }
    }

    /// Deletes an ask.
    public func delete(ask id: Ask.ID) async throws(PromiseError) {
        try await call { try $0.deleteAsk(id: id) }
    }

    /// Sends the answer to an appointment. The adviser sees it after the next sync.
    public func answer(
        appointment id: Appointment.ID,
        _ answer: AppointmentAnswer,
        note: String? = nil
    ) async throws(PromiseError) {
        try await call { try $0.answerAppointment(id: id, answer: answer, note: note) }
    }
}
