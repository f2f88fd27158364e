//! Words of sheets and forms that are text in a pack, not an enum of the protocol.

/// The periods that pay is for.
pub const PAY_UNITS: [&str; 4] = ["hour", "week", "month", "year"];
