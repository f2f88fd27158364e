//! The import of allocations: the files come with each request.

use promise_services::{
    StaffScope,
    allocations::{self, AllocationFiles, CountedRoles, Extract},
};

use super::world::World;

impl World {
    pub(super) fn is_allocation_import(route: &str) -> bool {
        route.starts_with("/console/allocations")
    }

    /// Requests a route of the import, with files that change nothing, and returns the status.
    pub(super) fn ask_allocations(&self, method: &str, route: &str) -> u16 {
        if method == "GET" {
            return self.visitor.get(route).status;
        }
        let involvements = "invo_person_id,invo_professional_id,invo_professional_role_id,\
            invo_involvement_start_date,invo_involvement_end_date\nX-1,1,PA,2020-01-01,\n";
        let professionals = "prof_professional_id,prof_staff_id\n1,1\n";
        let directory = "employeeId,mail,accountEnabled\n1,x@x.uk,true\n";
        let files = AllocationFiles {
            involvements: involvements.as_bytes(),
            professionals: professionals.as_bytes(),
            directory: directory.as_bytes(),
        };
        let extract = Extract::read(&files).unwrap();
        let seen = self.server.transact(|tx| {
            let (scope, roles) = (StaffScope::operator(), CountedRoles::default());
            let now = chrono::Utc::now().timestamp_millis();
            let plan = allocations::plan(tx, &scope, &"riverbridge".into(), &extract, &roles, now)?;
            Ok(plan.version)
        });
        let fields = [
            ("involvements", involvements.to_owned()),
            ("professionals", professionals.to_owned()),
            ("directory", directory.to_owned()),
            ("rows", "1".to_owned()),
            ("seen", seen),
        ];
        self.visitor.get("/console/account");
        self.visitor.post(route, &fields).status
    }
}
