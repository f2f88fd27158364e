//! The modules that a source file names.

use std::path::Path;

use syn::{
    Attribute, Item, ItemMod, ItemUse, Path as SynPath, UseTree,
    visit::{self, Visit},
};

/// One thing that a file names: its path from the crate's root, and whether it is re-exported.
pub(crate) struct Import {
    /// The path, such as `["store", "SqliteStore"]`.
    pub(crate) path: Vec<String>,
    /// The name under which `pub use` makes it available here.
    pub(crate) handed_on_as: Option<String>,
}

/// Returns what the file of `module` names in its own crate, outside tests.
pub(crate) fn imports(module: &[String], file: &Path) -> Vec<Import> {
    let text = std::fs::read_to_string(file).expect("a source file");
    let parsed =
        syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut reader = Reader { module: module.to_vec(), children: Vec::new(), found: Vec::new() };
    reader.children = parsed.items.iter().filter_map(child).collect();
    reader.visit_file(&parsed);
    reader.found
}

fn child(item: &Item) -> Option<String> {
    match item {
        Item::Mod(child) if child.content.is_none() => Some(child.ident.to_string()),
        _ => None,
    }
}

struct Reader {
    module: Vec<String>,
    /// The modules that the file declares: a path may begin with one.
    children: Vec<String>,
    found: Vec<Import>,
}

impl Reader {
    /// Makes a path start at the crate's root. `None` if it leads into another crate.
    fn resolve(&self, parts: &[String]) -> Option<Vec<String>> {
        let (first, rest) = parts.split_first()?;
        let mut path = match first.as_str() {
            "crate" => Vec::new(),
            "self" => self.module.clone(),
            "super" => self.module.split_last()?.1.to_vec(),
            name if self.children.iter().any(|child| child == name) => {
                let mut path = self.module.clone();
                path.push(name.to_owned());
                path
            }
            _ => return None,
        };
        for part in rest {
            if part == "super" {
                path.pop();
            } else {
                path.push(part.clone());
            }
        }
        Some(path)
    }

    fn use_tree(&mut self, before: &[String], tree: &UseTree, is_public: bool) {
        let with = |name: String| [before, &[name]].concat();
        match tree {
            UseTree::Path(path) => {
                self.use_tree(&with(path.ident.to_string()), &path.tree, is_public);
            }
            UseTree::Name(name) if name.ident == "self" => self.add(before, None),
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.add(&with(name.clone()), is_public.then_some(name));
            }
            UseTree::Rename(rename) => {
                let name = is_public.then(|| rename.rename.to_string());
                self.add(&with(rename.ident.to_string()), name);
            }
            UseTree::Glob(_) => self.add(before, None),
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.use_tree(before, tree, is_public));
            }
        }
    }

    fn add(&mut self, parts: &[String], handed_on_as: Option<String>) {
        if let Some(path) = self.resolve(parts) {
            self.found.push(Import { path, handed_on_as });
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let is_public = !matches!(item.vis, syn::Visibility::Inherited);
        if !is_test(&item.attrs) {
            self.use_tree(&[], &item.tree, is_public);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast SynPath) {
        let parts: Vec<String> =
            path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if parts.len() > 1 {
            self.add(&parts, None);
        }
        visit::visit_path(self, path);
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.meta.require_list().is_ok_and(|list| {
                list.tokens.to_string().split(['(', ',', ')', ' ']).any(|it| it == "test")
            })
    })
}
