//! What a caller may reach. Only a successful check creates a scope.

mod permission;
mod phone;
mod staff;

pub use permission::Permission;
pub use phone::PhoneScope;
pub use staff::StaffScope;
