import PromiseBindings

extension PhoneNumber {
    /// What a screen shows of this number, and the link that rings or texts it. A number that takes texts
    /// only has an `sms:` link and is not to be shown as one to ring.
    public var usage: PhoneNumberUse? { try? PromiseBindings.phoneNumberUse(number: self) }
}
