import PromiseBindings

/// Writing: saved on this phone when the call returns, sent at the next sync where it is to be
/// sent at all.
extension PocketPhone {
    /// Keeps an opportunity, or writes about one that is kept; what is left out stays as it is, and
    /// an empty note takes the note away. Private to the person.
    public func save(
        opportunity id: Opportunity.ID,
        stage: SavedStage? = nil,
        note: String? = nil,
        reminder: Reminder? = nil
    ) async throws(PromiseError) {
        let edit = OpportunityEdit(status: stage?.rawValue, note: note, remindOn: reminder)
        try await call { try $0.saveOpportunity(id: id, edit: edit) }
    }

    /// Takes an opportunity off the kept ones.
    public func unsave(opportunity id: Opportunity.ID) async throws(PromiseError) {
        try await call { try $0.unsaveOpportunity(id: id) }
    }

    /// Says where the young person stands with a pledge. Private to the person.
    public func mark(
        pledge id: Pledge.ID,
        _ mark: PledgeMark,
        note: String? = nil
    ) async throws(PromiseError) {
        try await call { try $0.markPledge(id: id, mark: mark.rawValue, note: note) }
    }

    /// Takes the mark off a pledge.
    public func unmark(pledge id: Pledge.ID) async throws(PromiseError) {
        try await call { try $0.unmarkPledge(id: id) }
    }

    /// Writes the young person's own fields of a contact; what is left out stays as it is, and an
    /// empty text takes it away. Private to the person.
    public func edit(contact id: Contact.ID, _ edit: ContactEdit) async throws(PromiseError) {
        try await call { try $0.editContact(id: id, edit: edit) }
    }

    /// Asks the adviser something. They see it after the next sync. Returns the ask's name.
    @discardableResult
    public func writeAsk(
        _ words: String,
        about: AskAbout = .anything
    ) async throws(PromiseError) -> Ask.ID {
        try await call { try $0.writeAsk(words: words, about: about) }
    }

    /// Takes an ask back.
    public func delete(ask id: Ask.ID) async throws(PromiseError) {
        try await call { try $0.deleteAsk(id: id) }
    }

    /// Says whether the young person comes. The adviser sees it after the next sync.
    public func answer(
        appointment id: Appointment.ID,
        _ answer: AppointmentAnswer,
        note: String? = nil
    ) async throws(PromiseError) {
        try await call { try $0.answerAppointment(id: id, answer: answer.rawValue, note: note) }
    }
}
