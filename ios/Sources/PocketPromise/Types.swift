import PromiseBindings

// What the calls take and give. Apps import this module only, so the names are brought here.

/// What changed, as a screen would read it again.
public typealias Topic = PromiseBindings.Topic
/// Something the council's server refused, kept so that nothing a person wrote is lost.
public typealias RefusedEdit = PromiseBindings.RefusedEdit

/// Somebody who helps.
public typealias Contact = PromiseBindings.Contact
/// A telephone number, and what it is for.
public typealias PhoneNumber = PromiseBindings.PhoneNumber
/// Hours on some days, in London time.
public typealias Opening = PromiseBindings.Opening

/// The promise as it is read.
public typealias PromiseByChapter = PromiseBindings.PromiseByChapter
/// One section with its pledges.
public typealias Chapter = PromiseBindings.Chapter
/// A pledge, and where the young person stands with it.
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
/// An opportunity, and whether it is kept.
public typealias ListedOpportunity = PromiseBindings.ListedOpportunity
/// What the young person saved about an opportunity.
public typealias SavedOpportunity = PromiseBindings.SavedOpportunity
/// Whether to remind the young person of something.
public typealias Reminder = PromiseBindings.Reminder

/// Something the young person asked their adviser.
public typealias Ask = PromiseBindings.Ask
/// What an ask is about.
public typealias AskAbout = PromiseBindings.AskAbout
/// A meeting.
public typealias Appointment = PromiseBindings.Appointment
/// Who at the council looked on one day, and what they did.
public typealias AccessEntry = PromiseBindings.AccessEntry
/// The role in which it happened: a staff member's, or the server's operator.
public typealias AccessRole = PromiseBindings.AccessRole
/// The role of a staff member's sign-in.
public typealias StaffRole = PromiseBindings.StaffRole
/// What staff did, besides opening a page.
public typealias StaffAction = PromiseBindings.StaffAction
/// What to write about a contact; what is left out stays as it is.
public typealias ContactEdit = PromiseBindings.ContactEdit

/// Somebody whom the young person wrote down themselves.
public typealias OwnContact = PromiseBindings.OwnContact
/// What to write about an own contact; what is left out stays as it is.
public typealias OwnContactEdit = PromiseBindings.OwnContactEdit
/// What the young person said about themselves.
public typealias Profile = PromiseBindings.Profile
/// A time in care.
public typealias CarePeriod = PromiseBindings.CarePeriod
/// One thing to show to the adviser.
public typealias Shown = PromiseBindings.Shown
/// How address cards are written.
public typealias CardVersion = PromiseBindings.CardVersion
/// Whether the person's twelve words are here.
public typealias RecoveryPhraseState = PromiseBindings.RecoveryPhraseState
/// How to bring in another phone.
public typealias Invitation = PromiseBindings.Invitation
/// A phone of the person's.
public typealias OwnPhone = PromiseBindings.OwnPhone

/// Something that matches a search.
public typealias SearchResult = PromiseBindings.SearchResult
/// What can be found by search.
public typealias SearchKind = PromiseBindings.SearchKind

// What the ones above are made of.

/// A time away, and who covers.
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
/// Which pictures are here.
public typealias PicturesState = PromiseBindings.PicturesState
/// What the law groups pledges by.
public typealias Theme = PromiseBindings.Theme
/// What a pledge rests on.
public typealias Basis = PromiseBindings.Basis
/// The legal categories of care leaver.
public typealias Category = PromiseBindings.Category
/// Where one must live for a pledge.
public typealias PledgeArea = PromiseBindings.PledgeArea
/// A day on which office hours do not hold.
public typealias ClosedDay = PromiseBindings.ClosedDay
/// What such days do to a line's hours.
public typealias ClosedDays = PromiseBindings.ClosedDays
/// Where an opportunity is.
public typealias Place = PromiseBindings.Place
/// What an opportunity pays.
public typealias Pay = PromiseBindings.Pay
/// Where an opportunity comes from.
public typealias OpportunitySource = PromiseBindings.OpportunitySource
/// Whether an opportunity can be had.
public typealias OpportunityStatus = PromiseBindings.OpportunityStatus

// So that a list on the screen tells its rows apart by the name that never changes.
extension Contact: Identifiable {}
extension Line: Identifiable {}
extension Pledge: Identifiable {}
extension Opportunity: Identifiable {}
extension Ask: Identifiable {}
extension Appointment: Identifiable {}
extension AccessEntry: Identifiable {}
extension MarkedPledge: Identifiable { public var id: String { pledge.id } }
extension ListedOpportunity: Identifiable { public var id: String { opportunity.id } }
extension Chapter: Identifiable { public var id: String { section.id } }

extension Topic {
    static let all: [Topic] = [
        .contacts, .promise, .opportunities, .asks, .appointments, .profile, .access, .pictures, .status,
    ]
}
