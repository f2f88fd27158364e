//! Edits of the promise in the draft: its title, sections, pledges and pictures.

mod pictures;
mod pledges;
mod record;
mod sections;

pub use pictures::{PictureEdit, edit_picture};
pub use pledges::{add_pledge, move_pledge, remove_pledge, set_section};
pub use record::{PromiseRecord, english_or, save_record};
pub use sections::{add_section, move_section, remove_section, section_fingerprint};
