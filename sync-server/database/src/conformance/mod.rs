//! The suite that every backend must pass: one file for each topic, one function for each rule.
//!
//! A backend's crate generates a test for each rule with
//! [`conformance_tests!`](crate::conformance_tests) for its databases, and with
//! [`data_source_tests!`](crate::data_source_tests) for the places where they are stored. See
//! `database-sqlite/tests/conformance.rs`.

pub mod address_book;
pub mod allocation_imports;
pub mod audit;
pub mod cells;
pub mod concurrency;
pub mod data_source;
pub mod devices;
pub mod drafts;
pub mod erased_people;
mod fixture;
pub mod generation;
pub mod imports;
pub mod invitations;
pub mod overview;
pub mod people;
pub mod person_labels;
pub mod pictures;
pub mod privileged_acts;
pub mod published;
pub mod sign_ins;
pub mod staff;
pub mod staff_changes;
pub mod transactions;
pub mod watch;

pub use fixture::{TestDatabase, TestSource};

/// Generates a test for each rule about an open database. The expression makes a new, empty
/// [`TestDatabase`](crate::conformance::TestDatabase).
#[macro_export]
macro_rules! conformance_tests {
    ($make:expr) => {
        $crate::conformance_tests! { @topics $make;
            address_book {
                book_entry_is_read_as_written
                contact_is_given_once
                given_contacts_are_listed
            }
            allocation_imports {
                allocation_import_replaces_the_last_one
            }
            audit {
                entry_is_read_as_written
                number_is_used_once
                councils_have_chains_of_their_own
                entries_before_are_newest_first
                entries_after_are_oldest_first
                filter_fields_combine
                visit_ends_when_the_visitor_returns_false
                last_check_is_the_newest_verification
                unusual_access_counts_people_of_staff
            }
            cells {
                cell_is_read_as_written
                set_cell_replaces_the_value
                record_and_collection_are_ordered
                cells_after_are_ordered_by_revision
                cells_after_ends_when_the_visitor_returns_false
                cells_after_the_greatest_revision_are_none
                cells_belong_to_one_person
                pending_cell_is_not_sent
                release_gives_pending_cells_this_revision
                release_without_pending_cells_raises_nothing
                history_is_newest_stamp_first
                history_of_person_is_ordered_by_cell
                deleted_history_is_of_one_cell
                history_before_a_time_is_deleted
                records_before_an_id_are_deleted
                collection_is_deleted_for_one_person
                collection_is_deleted_up_to_a_revision
            }
            concurrency {
                concurrent_edits_of_a_cell_lose_nothing
                concurrent_edits_of_a_card_lose_nothing
                concurrent_edits_of_a_draft_lose_nothing
                concurrent_entries_keep_the_chain_dense
                concurrent_claims_have_one_winner
            }
            devices {
                device_is_read_as_written
                inviter_of_a_device_is_kept
                author_is_used_once
                token_finds_its_device
                devices_are_ordered_by_pairing
                unsynced_devices_are_deleted
                delivered_revision_is_kept_per_device
                unknown_revoked_phone_is_stored
                revoking_a_paired_phone_keeps_the_first_order
            }
            drafts {
                draft_is_read_as_written
                set_draft_keeps_packs_and_authors
                authors_are_listed_once
                deleted_draft_leaves_nothing
            }
            erased_people {
                erasing_leaves_only_the_tombstone
                erasing_keeps_other_people
                erased_phones_keep_their_orders
                erasing_again_keeps_the_first_time
                unknown_person_is_only_noted
            }
            generation {
                generation_is_none_at_first
                set_generation_replaces_the_old_one
            }
            imports {
                import_is_kept_per_staff_member_and_kind
                imports_before_a_time_are_deleted
            }
            invitations {
                invitation_is_read_as_written
                failed_claim_is_counted
                invitations_are_ordered_by_expiry
                open_invitations_are_unused_and_made_by_phones
                invitations_of_a_phone_are_deleted
                invitations_before_a_time_are_deleted
                pending_pairings_before_a_time_are_deleted
            }
            overview {
                person_without_assignment_is_unassigned
                assignment_counts_on_its_days_only
                deactivated_adviser_does_not_count
                adviser_on_leave_does_not_count
                person_with_a_past_contact_was_assigned
                count_equals_the_list
                lists_are_of_one_council
                values_are_of_the_named_fields
                sign_in_statuses_show_what_is_set_up
            }
            people {
                council_is_added_once
                person_is_read_as_written
                relinked_id_finds_one_person
                reference_is_replaced_and_removed
                people_are_ordered_by_id
                person_for_update_reads_the_same
                revision_rises_once_in_a_transaction
                revisions_of_a_person_have_no_gaps
                revision_to_write_nudges
                staff_reading_is_kept
            }
            person_labels {
                label_is_kept_per_person
            }
            pictures {
                picture_is_read_as_written
                unused_pictures_are_deleted
            }
            privileged_acts {
                act_is_read_as_written
                acts_are_listed_newest_first
                open_acts_are_those_without_a_review
            }
            published {
                pack_is_stored_once
                coded_pack_is_kept_per_dictionary_and_coding
                edition_number_is_used_once
                edition_is_signed_again
                newest_edition_has_the_greatest_number
            }
            sign_ins {
                sign_in_is_read_as_written
                sign_in_name_is_unique
                sign_in_status_is_of_one_staff_member
                recovery_code_works_once
                link_replaces_the_last_one
                session_is_read_as_written
                sessions_are_deleted
            }
            staff {
                handle_is_unique_in_a_council
                handle_is_replaced_by_a_free_one
                card_and_deactivation_are_kept
                assignment_is_added_once
                assignments_are_listed_for_each_side
                assignments_ended_by_a_day_are_listed
            }
            staff_changes {
                staff_change_is_read_as_written
                replaced_staff_change_is_deleted_with_its_last_cell
                staff_changes_are_deleted_with_their_records
            }
            transactions {
                committed_job_is_read_by_later_jobs
                failed_job_leaves_nothing
                panicking_job_leaves_nothing
                failed_job_leaves_other_jobs_alone
                job_sees_its_own_writes
                read_job_leaves_nothing
                commits_are_counted
            }
            watch {
                new_revision_wakes
                revoked_phone_wakes
                erased_person_wakes
                new_edition_wakes
                quiet_commit_does_not_wake
                failed_job_does_not_wake
            }
        }
    };
    (@topics $make:expr; $($topic:ident { $($rule:ident)+ })+) => { $(
        mod $topic { $(
            #[::tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $rule() {
                let test: $crate::conformance::TestDatabase = $make;
                $crate::conformance::$topic::$rule(&test.database).await;
            }
        )+ }
    )+ };
}

/// Generates a test for each rule about a [`DataSource`](crate::DataSource). The expression makes a
/// new [`TestSource`](crate::conformance::TestSource) without a database.
#[macro_export]
macro_rules! data_source_tests {
    ($make:expr) => {
        $crate::data_source_tests! { @rules $make;
            closed_database_keeps_what_was_written
            close_waits_for_queued_jobs
            handles_see_commits_of_each_other
            commit_of_another_handle_wakes
            quiet_commit_of_another_handle_does_not_wake
            read_only_database_cannot_be_written
            missing_database_is_not_created_for_reading
            backup_is_never_overwritten
            restored_backup_replaces_the_database
            restore_into_nothing_keeps_no_old_database
            staged_restore_changes_nothing_until_it_is_committed
            file_that_is_no_backup_is_refused
            traces_of_erased_people_are_removed
        }
    };
    (@rules $make:expr; $($rule:ident)+) => { $(
        #[::tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $rule() {
            let test: $crate::conformance::TestSource = $make;
            $crate::conformance::data_source::$rule(&test).await;
        }
    )+ };
}

#[cfg(test)]
mod tests {
    //! Every rule is in the list of its macro.

    use std::{collections::BTreeSet, fs, path::Path};

    #[test]
    fn every_rule_is_listed() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/conformance");
        let lists = fs::read_to_string(folder.join("mod.rs")).unwrap();
        let listed: BTreeSet<&str> = lists.lines().map(str::trim).collect();
        let mut count = 0;
        for entry in fs::read_dir(&folder).unwrap() {
            let source = fs::read_to_string(entry.unwrap().path()).unwrap();
            for rule in source.lines().filter_map(|line| line.strip_prefix("pub async fn ")) {
                let name = rule.split('(').next().unwrap();
                assert!(listed.contains(name), "{name} is not listed in conformance/mod.rs");
                count += 1;
            }
        }
        assert!(count > 90, "{count} rules");
    }
}
