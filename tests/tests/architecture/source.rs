//! The workspace's crates and their source files.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

use serde::Deserialize;

/// One crate of the workspace.
#[derive(Clone, Debug)]
pub(crate) struct Crate {
    /// Its package name, such as `promise-core`.
    pub(crate) name: String,
    /// The folder of its manifest.
    pub(crate) folder: PathBuf,
    /// The workspace's crates that it depends on. Without those that only its tests use.
    pub(crate) depends_on: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
    path: Option<PathBuf>,
}

/// Returns the workspace's crates, as `cargo metadata` lists them.
pub(crate) fn workspace() -> Vec<Crate> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let metadata: Metadata = serde_json::from_slice(&output.stdout).expect("cargo's own JSON");
    metadata.packages.into_iter().map(Package::into_crate).collect()
}

impl Package {
    fn into_crate(self) -> Crate {
        let normal = self.dependencies.into_iter();
        let normal = normal.filter(|it| it.path.is_some() && it.kind.as_deref() != Some("dev"));
        Crate {
            name: self.name,
            folder: self.manifest_path.parent().expect("a manifest has a folder").to_owned(),
            depends_on: normal.map(|dependency| dependency.name).collect(),
        }
    }
}

impl Crate {
    /// Returns each module's file by the module's path: `["store", "sqlite"]` for
    /// `src/store/sqlite/mod.rs`. Without files that hold only tests.
    pub(crate) fn modules(&self) -> BTreeMap<Vec<String>, PathBuf> {
        let root = self.folder.join("src");
        let mut modules = BTreeMap::new();
        gather(&root, &root, &mut modules);
        modules
    }
}

fn gather(root: &Path, folder: &Path, modules: &mut BTreeMap<Vec<String>, PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("a source folder");
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if ["tests", "fixture", "bin"].contains(&stem.as_str()) {
            continue;
        }
        if path.is_dir() {
            gather(root, &path, modules);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            modules.insert(module_path(root, &path), path);
        }
    }
}

fn module_path(root: &Path, file: &Path) -> Vec<String> {
    let relative = file.strip_prefix(root).expect("a file below its root").with_extension("");
    let mut parts: Vec<String> =
        relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        parts.pop();
    }
    parts
}
