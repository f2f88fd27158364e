//! Circles between folders of one crate.

use std::collections::{BTreeMap, BTreeSet};

use crate::{imports::imports, source::Crate};

/// Folders or files beside each other that use each other in a ring, at least one a folder.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Circle {
    /// The crate.
    pub(crate) name: String,
    /// The members, each with the module that it uses of the next: `store uses sync::merge`.
    pub(crate) links: Vec<String>,
}

type Module = Vec<String>;

/// Returns the circles between folders of a crate.
///
/// At each level of folders, the folders and files that stand beside each other must not use each
/// other in a ring. Files that only use each other within one folder are left alone, and a folder's
/// `mod.rs` belongs to the folder as a whole.
pub(crate) fn circles(of: &Crate) -> Vec<Circle> {
    let modules = of.modules();
    let uses = uses(&modules);
    let levels: BTreeSet<&[String]> =
        modules.keys().filter_map(|module| Some(module.split_last()?.1)).collect();
    let folders: BTreeSet<&[String]> = levels.clone();
    let mut found = Vec::new();
    for level in levels {
        let mut links: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
        for (user, used) in &uses {
            let (Some(from), Some(to)) = (below(level, user), below(level, used)) else { continue };
            if from != to {
                let why = format!("{} uses {}", user.join("::"), used.join("::"));
                links.entry(from).or_default().entry(to).or_insert(why);
            }
        }
        found.extend(ring(&links, |name| {
            let path = [level, &[name.to_owned()]].concat();
            folders.contains(path.as_slice())
        }));
    }
    found.into_iter().map(|links| Circle { name: of.name.clone(), links }).collect()
}

/// The part of `module` right below `level`, if it is below.
fn below<'a>(level: &[String], module: &'a [String]) -> Option<&'a str> {
    module.strip_prefix(level)?.first().map(String::as_str)
}

/// Every pair of modules of which the first uses the second.
fn uses(modules: &BTreeMap<Module, std::path::PathBuf>) -> BTreeSet<(Module, Module)> {
    let read: BTreeMap<&Module, _> =
        modules.iter().map(|(module, file)| (module, imports(module, file))).collect();
    // A module that is re-exported belongs to where it is defined.
    let mut handed_on: BTreeMap<Module, Module> = BTreeMap::new();
    for (module, imports) in &read {
        for import in imports {
            if let Some(name) = &import.handed_on_as {
                let here = [module.as_slice(), std::slice::from_ref(name)].concat();
                handed_on.insert(here, import.path.clone());
            }
        }
    }
    let mut uses = BTreeSet::new();
    for (module, imports) in &read {
        for import in imports.iter().filter(|import| import.handed_on_as.is_none()) {
            let path = origin(&handed_on, import.path.clone());
            let used = (0..=path.len()).rev().find(|length| modules.contains_key(&path[..*length]));
            if let Some(length) = used {
                uses.insert(((*module).clone(), path[..length].to_vec()));
            }
        }
    }
    uses
}

/// Follows `pub use` to the module that a path is from.
fn origin(handed_on: &BTreeMap<Module, Module>, mut path: Module) -> Module {
    // As many steps as any chain here has; a name that is re-exported as itself ends the search.
    for _ in 0..8 {
        let step = (1..=path.len()).find_map(|length| {
            let from = handed_on.get(&path[..length])?;
            let is_itself = from.starts_with(&path[..length]) && from.len() > length + 1;
            (!is_itself && from.as_slice() != &path[..length])
                .then(|| [from.as_slice(), &path[length..]].concat())
        });
        match step {
            Some(next) if next.len() <= path.len() + 4 => path = next,
            _ => break,
        }
    }
    path
}

/// Returns one ring for each group of names that reach each other, if one of them is a folder.
fn ring(
    links: &BTreeMap<&str, BTreeMap<&str, String>>,
    is_folder: impl Fn(&str) -> bool,
) -> Vec<Vec<String>> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for start in links.keys().filter(|name| is_folder(name)) {
        if seen.contains(start) {
            continue;
        }
        if let Some(path) = way_back(links, start) {
            seen.extend(path.iter().copied());
            let next = path.iter().skip(1).chain(path.first());
            found.push(path.iter().zip(next).map(|(from, to)| links[from][to].clone()).collect());
        }
    }
    found
}

/// Returns the shortest path from `start` back to it.
fn way_back<'a>(
    links: &BTreeMap<&'a str, BTreeMap<&'a str, String>>,
    start: &'a str,
) -> Option<Vec<&'a str>> {
    let mut ways = vec![vec![start]];
    let mut visited = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let end = *way.last()?;
            for next in links.get(end).into_iter().flat_map(BTreeMap::keys) {
                if *next == start {
                    return Some(way);
                }
                if visited.insert(*next) {
                    longer.push([way.as_slice(), &[*next]].concat());
                }
            }
        }
        ways = longer;
    }
    None
}
