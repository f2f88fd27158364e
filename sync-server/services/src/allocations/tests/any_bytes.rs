//! Arbitrary bytes never make an import panic.

use proptest::prelude::*;

use super::*;

const INVOLVEMENT: &str = "invo_person_id,invo_professional_id,invo_professional_role_id,\
    invo_involvement_start_date,invo_involvement_end_date\nCL-1,w,PA,2026-01-01,2026-11-29\n\
    CL-1,w,PA,2026-12-01,\n,w,PA,31/01/2026,NULL\n\"CL-1\",v,\"P\nA\",soon,\n";
const PROFESSIONAL: &str = "prof_professional_id,prof_staff_id\nw,1\nv,2\nv,3\n,4\n";
const DIRECTORY: &str = "employeeId,mail,accountEnabled\n1,jo@x.uk,true\n2,,no\n,kit@x.uk,False\n";

/// Arbitrary bytes, or a valid file with some of its bytes replaced.
fn file(good: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let torn = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<Vec<u8>>());
    let torn = torn.prop_map(move |(one, other, put)| {
        let mut bytes = good.as_bytes().to_vec();
        let (one, other) = (one.index(bytes.len()), other.index(bytes.len()));
        bytes.splice(one.min(other)..one.max(other), put);
        bytes
    });
    prop_oneof![Just(good.as_bytes().to_vec()), torn, any::<Vec<u8>>()]
}

fn state() -> State {
    let staff = |id: &str| KnownStaff {
        id: id.into(),
        name: id.to_owned(),
        addresses: [format!("{id}@x.uk")].into(),
        can_advise: true,
        has_left: false,
        leave: Vec::new(),
    };
    State {
        today: day("2026-11-30"),
        people: vec![KnownPerson { id: "ada".into(), reference: Some("CL-1".into()) }],
        staff: vec![staff("jo"), staff("kit")],
        assignments: vec![Assignment::open(&"ada".into(), &"kit".into(), "c")],
    }
}

proptest! {
    #[test]
    fn any_bytes_are_imported_or_refused(
        involvements in file(INVOLVEMENT),
        professionals in file(PROFESSIONAL),
        directory in file(DIRECTORY),
    ) {
        let files = AllocationFiles {
            involvements: &involvements,
            professionals: &professionals,
            directory: &directory,
        };
        if let Ok(extract) = Extract::read(&files)
            && let Ok(plan) = Plan::new(&state(), &extract, &CountedRoles::default(), true)
        {
            // A row names no young person. While it does, nothing ends, whatever the other files say.
            let ends = plan.changes.iter().any(|change| matches!(change, Change::End { .. }));
            prop_assert!(!ends || involvements != INVOLVEMENT.as_bytes());
        }
    }
}
