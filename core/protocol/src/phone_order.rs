//! Why a phone is taken off, and what it does then.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// Why a phone is taken off.
    #[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema), schema(rename_all = "snake_case"))]
    pub enum RevocationReason {
        /// It is lost, or a stranger may have it. It wipes itself at its next contact.
        LostOrStolen = "lost_or_stolen",
        /// The person does not use it with this council any more. It keeps what they have on it, and
        /// stops syncing.
        NoLongerUsed = "no_longer_used",
    }
}

impl RevocationReason {
    /// What the phone does.
    pub const fn order(self) -> PhoneOrder {
        match self {
            Self::LostOrStolen => PhoneOrder::Wipe,
            Self::NoLongerUsed => PhoneOrder::Release,
        }
    }
}

vocabulary! {
    /// What a phone that was taken off does.
    #[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema), schema(rename_all = "snake_case"))]
    pub enum PhoneOrder {
        /// Destroys the key of its database, and then deletes everything.
        Wipe = "wipe",
        /// Deletes its token and stops syncing. Everything that the person has on it stays readable.
        Release = "release",
    }
}

impl PhoneOrder {
    /// Returns `true` if this order takes the place of an earlier one to the same phone. A phone that
    /// is lost after it was released has to be wiped; nothing takes an order to wipe back.
    pub const fn replaces(self, earlier: Self) -> bool {
        matches!((self, earlier), (Self::Wipe, Self::Release))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_wipe_replaces_release() {
        use PhoneOrder::{Release, Wipe};
        for (new, old, replaces) in [
            (Wipe, Release, true),
            (Release, Wipe, false),
            (Wipe, Wipe, false),
            (Release, Release, false),
        ] {
            assert_eq!(new.replaces(old), replaces, "{new} after {old}");
        }
    }

    #[test]
    fn lost_phone_is_wiped_and_unused_phone_released() {
        assert_eq!(RevocationReason::LostOrStolen.order(), PhoneOrder::Wipe);
        assert_eq!(RevocationReason::NoLongerUsed.order(), PhoneOrder::Release);
    }
}
