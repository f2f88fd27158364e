import PromiseBindings

// The types of the calls. Apps import this module only, so the types are aliased here.

/// A part of the data that a screen reads again after a change.
public typealias Topic = PromiseBindings.Topic
/// An edit that the council's server refused, kept so that nothing a person wrote is lost.
public typealias RefusedEdit = PromiseBindings.RefusedEdit

/// A council's contact.
public typealias Contact = PromiseBindings.Contact
/// A telephone number and its kind.
public typealias PhoneNumber = PromiseBindings.PhoneNumber
/// What a screen shows of a telephone number, and the link that rings or texts it.
public typealias PhoneNumberUse = PromiseBindings.PhoneNumberUse
/// Numbers that the council changed since the person last saw them.
public typealias NumberChange = PromiseBindings.NumberChange
/// The contact or line whose numbers they are.
public typealias NumberOwner = PromiseBindings.NumberOwner
/// Whom the young person can ring at a moment, and until when that holds.
public typealias RingNow = PromiseBindings.RingNow
/// Someone who answers now.
public typealias RingEntry = PromiseBindings.RingEntry
/// Someone who does not answer now.
public typealias LaterEntry = PromiseBindings.LaterEntry
/// A contact, a line, or the emergency services.
public typealias RingWho = PromiseBindings.RingWho
/// The places in the order in which to ring.
public typealias RingPlace = PromiseBindings.RingPlace
/// Why someone answers now.
public typealias WhyNow = PromiseBindings.WhyNow
/// Why someone does not answer now.
public typealias WhyNotNow = PromiseBindings.WhyNotNow
/// What the council changed since the person last looked.
public typealias News = PromiseBindings.News
/// An ask that was answered.
public typealias AnswerNews = PromiseBindings.AnswerNews
/// An appointment that was made, moved, changed or cancelled.
public typealias AppointmentNews = PromiseBindings.AppointmentNews
/// What happened to an appointment.
public typealias AppointmentNewsKind = PromiseBindings.AppointmentNewsKind
/// A visit or review that is planned for a day, for another one, or for none any more.
public typealias TimescaleNews = PromiseBindings.TimescaleNews
/// A pledge that was added, changed or taken out.
public typealias PledgeNews = PromiseBindings.PledgeNews
/// What happened to a pledge.
public typealias PledgeNewsKind = PromiseBindings.PledgeNewsKind
/// What changed in a pledge.
public typealias PledgeChange = PromiseBindings.PledgeChange
/// A saved opportunity that closed or changed.
public typealias OpportunityNews = PromiseBindings.OpportunityNews
/// What changed in an opportunity.
public typealias OpportunityChange = PromiseBindings.OpportunityChange
/// A day that changed.
public typealias DayChange = PromiseBindings.DayChange
/// What changed in one text.
public typealias TextChange = PromiseBindings.TextChange
/// A part of what the council writes.
public typealias TextPart = PromiseBindings.TextPart
/// Words that stand together and changed in the same way.
public typealias WordRun = PromiseBindings.WordRun
/// How words changed.
public typealias WordChange = PromiseBindings.WordChange
/// A reminder for the system to show at a moment.
public typealias PlannedReminder = PromiseBindings.PlannedReminder
/// What a reminder is about.
public typealias ReminderAbout = PromiseBindings.ReminderAbout
/// Days of a leave, and the contact who is at work instead; without one, ring the duty line.
public typealias CoverDays = PromiseBindings.CoverDays
/// Opening hours on some days, in London time.
public typealias Opening = PromiseBindings.Opening

/// The promise, by section.
public typealias PromiseByChapter = PromiseBindings.PromiseByChapter
/// One section with its pledges.
public typealias Chapter = PromiseBindings.Chapter
/// A pledge with the young person's mark.
public typealias MarkedPledge = PromiseBindings.MarkedPledge
/// One thing the council pledges.
public typealias Pledge = PromiseBindings.Pledge
/// The lines anyone can ring, and the days on which offices are closed.
public typealias Directory = PromiseBindings.Directory
/// One line anyone can ring.
public typealias Line = PromiseBindings.Line

/// One opportunity.
public typealias Opportunity = PromiseBindings.Opportunity
/// What kind of opportunity it is.
public typealias OpportunityKind = PromiseBindings.OpportunityKind
/// What to show of all opportunities. The default shows every open one.
public typealias OpportunityFilter = PromiseBindings.OpportunityFilter
/// An opportunity, and what the young person saved about it.
public typealias ListedOpportunity = PromiseBindings.ListedOpportunity
/// Whether the young person can apply for an opportunity now.
public typealias Availability = PromiseBindings.Availability
/// What the young person saved about an opportunity.
public typealias SavedOpportunity = PromiseBindings.SavedOpportunity
/// Whether and when to remind the young person.
public typealias Reminder = PromiseBindings.Reminder

/// A question from the young person to their adviser.
public typealias Ask = PromiseBindings.Ask
/// What an ask is about.
public typealias AskAbout = PromiseBindings.AskAbout
/// An appointment.
public typealias Appointment = PromiseBindings.Appointment
/// How often something has to happen, by law and by the council's promise.
public typealias Timescale = PromiseBindings.Timescale
/// How often the law asks for it.
public typealias LegalTimescale = PromiseBindings.LegalTimescale
/// A period of days, weeks, months or years.
public typealias Period = PromiseBindings.Period
/// The unit of a period.
public typealias PeriodUnit = PromiseBindings.PeriodUnit
/// A timescale about which something is recorded.
public typealias TimescaleStatus = PromiseBindings.TimescaleStatus
/// When something was last, is planned, and has to be.
public typealias TimescaleDays = PromiseBindings.TimescaleDays
/// The day by which the next one has to be.
public typealias Limit = PromiseBindings.Limit
/// How near a limit is.
public typealias LimitState = PromiseBindings.LimitState
/// The accesses of one staff member on one day.
public typealias AccessEntry = PromiseBindings.AccessEntry
/// The role in which it happened: a staff member's, or the server's operator.
public typealias AccessRole = PromiseBindings.AccessRole
/// The role of a staff member's sign-in.
public typealias StaffRole = PromiseBindings.StaffRole
/// What staff did, besides opening a page.
public typealias StaffAction = PromiseBindings.StaffAction
/// Changes to a contact; fields that are left out stay unchanged.
public typealias ContactEdit = PromiseBindings.ContactEdit

/// One of the young person's own contacts.
public typealias OwnContact = PromiseBindings.OwnContact
/// Changes to an own contact; fields that are left out stay unchanged.
public typealias OwnContactEdit = PromiseBindings.OwnContactEdit
/// A card of an address book, as the own contact that it would become.
public typealias PreviewedCard = PromiseBindings.PreviewedCard
/// What importing a card would do.
public typealias CardState = PromiseBindings.CardState
/// What to know about a card before it is imported.
public typealias CardRemark = PromiseBindings.CardRemark
/// What an import did.
public typealias CardImport = PromiseBindings.CardImport
/// What the young person entered about themselves.
public typealias Profile = PromiseBindings.Profile
/// A time in care.
public typealias CarePeriod = PromiseBindings.CarePeriod
/// A private item to share with the adviser.
public typealias SharedItem = PromiseBindings.SharedItem
/// How address cards are written.
public typealias CardVersion = PromiseBindings.CardVersion
/// Whether this phone has the recovery phrase.
public typealias RecoveryPhraseState = PromiseBindings.RecoveryPhraseState
/// An invitation for another phone.
public typealias Invitation = PromiseBindings.Invitation
/// What the person sees before they say yes to a pairing.
public typealias PairingDetails = PromiseBindings.PairingDetails
/// One of the person's phones.
public typealias Device = PromiseBindings.Device
/// One of the person's phones, and how it came.
public typealias DeviceRecord = PromiseBindings.DeviceRecord
/// Who made the code by which a phone came.
public typealias Inviter = PromiseBindings.Inviter
/// What one of the person's phones may do.
public typealias DeviceState = PromiseBindings.DeviceState
/// Why a phone is taken off, which decides what becomes of it.
public typealias RevocationReason = PromiseBindings.RevocationReason
/// Whether a phone is connected to a council.
public typealias PhoneState = PromiseBindings.PhoneState
/// What erasing the account erased.
public typealias Erased = PromiseBindings.Erased

/// Whether a PIN is needed.
public typealias AppLockState = PromiseBindings.AppLockState
/// What a lock screen shows.
public typealias AppLockStatus = PromiseBindings.AppLockStatus

/// A match of a search.
public typealias SearchResult = PromiseBindings.SearchResult
/// The kind of a search result.
public typealias SearchKind = PromiseBindings.SearchKind

// Closed vocabularies.

/// A young person's mark on a pledge.
public typealias PledgeMark = PromiseBindings.PledgeMark
/// How far a young person is with a saved opportunity.
public typealias SaveStatus = PromiseBindings.SaveStatus
/// The state of an ask.
public typealias AskStatus = PromiseBindings.AskStatus
/// A young person's answer to an appointment.
public typealias AppointmentAnswer = PromiseBindings.AppointmentAnswer

// The parts of the types above.

/// A leave, and who covers.
public typealias Leave = PromiseBindings.Leave
/// A day of the week.
public typealias Weekday = PromiseBindings.Weekday
/// What a telephone number is for.
public typealias PhoneKind = PromiseBindings.PhoneKind
/// The council that makes the promise.
public typealias Council = PromiseBindings.Council
/// One part of the promise.
public typealias PromiseSection = PromiseBindings.PromiseSection
/// A picture of a section or pledge, by its hash.
public typealias Picture = PromiseBindings.Picture
/// Which pictures are on this phone.
public typealias PicturesState = PromiseBindings.PicturesState
/// The theme under which the law groups pledges.
public typealias Theme = PromiseBindings.Theme
/// What a pledge rests on.
public typealias Basis = PromiseBindings.Basis
/// The legal categories of care leaver.
public typealias Category = PromiseBindings.Category
/// Where a young person must live for a pledge.
public typealias PledgeArea = PromiseBindings.PledgeArea
/// A day on which office hours do not apply.
public typealias ClosedDay = PromiseBindings.ClosedDay
/// How closed days change a line's hours.
public typealias ClosedDays = PromiseBindings.ClosedDays
/// Where an opportunity is.
public typealias Place = PromiseBindings.Place
/// What an opportunity pays.
public typealias Pay = PromiseBindings.Pay
/// The source of an opportunity.
public typealias OpportunitySource = PromiseBindings.OpportunitySource
/// Whether an opportunity is open.
public typealias OpportunityStatus = PromiseBindings.OpportunityStatus

// Lists on the screen identify their rows by an id that never changes.
extension Contact: Identifiable {}
extension Line: Identifiable {}
extension Pledge: Identifiable {}
extension Opportunity: Identifiable {}
extension Ask: Identifiable {}
extension Appointment: Identifiable {}
extension AccessEntry: Identifiable {}
extension PlannedReminder: Identifiable {}
extension AnswerNews: Identifiable { public var id: String { newsId } }
extension AppointmentNews: Identifiable { public var id: String { newsId } }
extension TimescaleNews: Identifiable { public var id: String { newsId } }
extension PledgeNews: Identifiable { public var id: String { newsId } }
extension OpportunityNews: Identifiable { public var id: String { newsId } }
extension MarkedPledge: Identifiable { public var id: String { pledge.id } }
extension ListedOpportunity: Identifiable { public var id: String { opportunity.id } }
extension Chapter: Identifiable { public var id: String { section.id } }

extension Topic {
    static let all: [Topic] = [
        .contacts, .promise, .opportunities, .asks, .appointments, .profile, .access, .devices, .pictures, .status,
    ]
}
