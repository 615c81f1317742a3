//! Compiles the FollowTheMoney schema: reads `data/ftm/schema/*.yaml`, resolves inheritance and reverse properties, checks
//! that every name leads somewhere, and writes static tables for `src/ftm/tables.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use yaml_rust2::{Yaml, YamlLoader};

#[expect(dead_code, unreachable_pub, reason = "written for the library; the build script needs a part of it")]
#[path = "src/ftm/kind.rs"]
mod kind;
use kind::PropertyKind;

const FOLDER: &str = "data/ftm/schema";

/// A schema as its file has it.
#[expect(clippy::struct_excessive_bools, reason = "the marks of the model, as in the library")]
struct Schema {
    name: String,
    label: String,
    plural: String,
    description: Option<String>,
    extends: Vec<String>,
    is_abstract: bool,
    matchable: bool,
    hidden: bool,
    generated: bool,
    deprecated: bool,
    featured: Vec<String>,
    required: Vec<String>,
    caption: Vec<String>,
    edge: Option<Edge>,
    start: Vec<String>,
    end: Vec<String>,
    /// In the order of the file, followed by stubs.
    properties: Vec<Property>,
}

struct Edge {
    source: String,
    target: String,
    label: String,
    directed: bool,
    caption: Vec<String>,
}

#[expect(clippy::struct_excessive_bools, reason = "the marks of the model, as in the library")]
struct Property {
    name: String,
    label: String,
    description: Option<String>,
    kind: PropertyKind,
    range: Option<String>,
    reverse: Option<Reverse>,
    format: Option<String>,
    max_length: u32,
    matchable: bool,
    hidden: bool,
    deprecated: bool,
    stub: bool,
}

#[derive(Clone)]
struct Reverse {
    name: String,
    label: String,
    hidden: bool,
}

type Model = BTreeMap<String, Schema>;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={FOLDER}");
    match compile() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            println!("cargo::error=the FollowTheMoney schema does not compile: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn compile() -> Result<(), String> {
    let mut model = read_model(Path::new(FOLDER))?;
    let lineages = lineages(&model)?;
    add_stubs(&mut model, &lineages)?;
    let tables = Tables::new(&model);
    check(&model, &tables)?;
    let folder = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    let target = PathBuf::from(folder).join("ftm.rs");
    fs::write(&target, write(&model, &lineages, &tables)).map_err(|error| format!("{}: {error}", target.display()))
}

// ---- reading

fn read_model(folder: &Path) -> Result<Model, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    let mut model = Model::new();
    for file in files {
        let named = |reason: String| format!("{}: {reason}", file.display());
        let text = fs::read_to_string(&file).map_err(|error| named(error.to_string()))?;
        let documents = YamlLoader::load_from_str(&text).map_err(|error| named(error.to_string()))?;
        let mapping = documents.first().and_then(Yaml::as_hash);
        for (name, node) in mapping.ok_or_else(|| named("not a mapping of schema names".to_owned()))? {
            let name = name.as_str().ok_or_else(|| named("a schema without a name".to_owned()))?;
            let schema = read_schema(name, node).map_err(|reason| named(format!("{name}: {reason}")))?;
            if model.insert(name.to_owned(), schema).is_some() {
                return Err(named(format!("{name} is defined twice")));
            }
        }
    }
    Ok(model)
}

fn read_schema(name: &str, node: &Yaml) -> Result<Schema, String> {
    let label = text(node, "label")?.unwrap_or_else(|| name.to_owned());
    let is_abstract = flag(node, "abstract", false)?;
    Ok(Schema {
        name: name.to_owned(),
        plural: text(node, "plural")?.unwrap_or_else(|| label.clone()),
        description: text(node, "description")?,
        extends: list(node, "extends")?,
        is_abstract,
        matchable: flag(node, "matchable", true)?,
        hidden: flag(node, "hidden", false)? && !is_abstract,
        generated: flag(node, "generated", false)?,
        deprecated: flag(node, "deprecated", false)?,
        featured: list(node, "featured")?,
        required: list(node, "required")?,
        caption: list(node, "caption")?,
        edge: read_edge(&node["edge"], &label)?,
        start: list(&node["temporalExtent"], "start")?,
        end: list(&node["temporalExtent"], "end")?,
        properties: read_properties(&node["properties"])?,
        label,
    })
}

fn read_edge(node: &Yaml, schema_label: &str) -> Result<Option<Edge>, String> {
    if node.is_badvalue() {
        return Ok(None);
    }
    Ok(Some(Edge {
        source: text(node, "source")?.ok_or("an edge without a source")?,
        target: text(node, "target")?.ok_or("an edge without a target")?,
        label: text(node, "label")?.unwrap_or_else(|| schema_label.to_owned()),
        directed: flag(node, "directed", true)?,
        caption: list(node, "caption")?,
    }))
}

fn read_properties(node: &Yaml) -> Result<Vec<Property>, String> {
    let Yaml::Hash(mapping) = node else {
        return if node.is_badvalue() { Ok(Vec::new()) } else { Err("`properties` is not a mapping".to_owned()) };
    };
    let read = |(key, spec): (&Yaml, &Yaml)| {
        let name = key.as_str().ok_or("a property without a name")?;
        read_property(name, spec).map_err(|reason| format!("property `{name}`: {reason}"))
    };
    mapping.iter().map(read).collect()
}

fn read_property(name: &str, node: &Yaml) -> Result<Property, String> {
    if !name.starts_with(|first: char| first.is_ascii_lowercase()) || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err("a name is letters and digits and starts with a small letter".to_owned());
    }
    let kind = text(node, "type")?.unwrap_or_else(|| "string".to_owned());
    let kind = PropertyKind::from_name(&kind).ok_or_else(|| format!("unknown type `{kind}`"))?;
    let max_length = match &node["maxLength"] {
        Yaml::BadValue => kind.max_length(),
        Yaml::Integer(length) => u32::try_from(*length).map_err(|error| format!("`maxLength`: {error}"))?,
        _ => return Err("`maxLength` is not a number".to_owned()),
    };
    let hidden = flag(node, "hidden", false)?;
    Ok(Property {
        name: name.to_owned(),
        label: text(node, "label")?.unwrap_or_else(|| name.to_owned()),
        description: text(node, "description")?,
        kind,
        range: text(node, "range")?,
        reverse: read_reverse(&node["reverse"], hidden)?,
        format: text(node, "format")?,
        max_length,
        matchable: flag(node, "matchable", kind.matchable())?,
        hidden,
        deprecated: flag(node, "deprecated", false)?,
        stub: false,
    })
}

fn read_reverse(node: &Yaml, hidden: bool) -> Result<Option<Reverse>, String> {
    if node.is_badvalue() {
        return Ok(None);
    }
    let name = text(node, "name")?.ok_or("a reverse without a name")?;
    let label = text(node, "label")?.unwrap_or_else(|| name.clone());
    Ok(Some(Reverse { name, label, hidden: flag(node, "hidden", hidden)? }))
}

fn text(node: &Yaml, key: &str) -> Result<Option<String>, String> {
    match &node[key] {
        Yaml::BadValue => Ok(None),
        Yaml::String(value) => Ok(Some(value.trim().to_owned())),
        _ => Err(format!("`{key}` is not a text")),
    }
}

fn flag(node: &Yaml, key: &str, default: bool) -> Result<bool, String> {
    match &node[key] {
        Yaml::BadValue => Ok(default),
        Yaml::Boolean(value) => Ok(*value),
        _ => Err(format!("`{key}` is neither true nor false")),
    }
}

fn list(node: &Yaml, key: &str) -> Result<Vec<String>, String> {
    let wrong = || format!("`{key}` is not a list of texts");
    match &node[key] {
        Yaml::BadValue => Ok(Vec::new()),
        Yaml::Array(values) => values.iter().map(|value| value.as_str().map(str::to_owned).ok_or_else(wrong)).collect(),
        _ => Err(wrong()),
    }
}

// ---- resolving

/// The ancestors of each schema, without itself, in name order.
fn lineages(model: &Model) -> Result<BTreeMap<String, BTreeSet<String>>, String> {
    let mut all = BTreeMap::new();
    for name in model.keys() {
        let mut lineage = BTreeSet::new();
        let mut open = vec![name];
        while let Some(current) = open.pop() {
            let schema = model.get(current).ok_or_else(|| format!("{name} extends an unknown schema `{current}`"))?;
            open.extend(schema.extends.iter().filter(|parent| lineage.insert((*parent).clone())));
        }
        if lineage.contains(name) {
            return Err(format!("{name} extends itself"));
        }
        all.insert(name.clone(), lineage);
    }
    Ok(all)
}

/// Adds to the range of every property with a reverse the stub that leads back, unless one of that name is there.
fn add_stubs(model: &mut Model, lineages: &BTreeMap<String, BTreeSet<String>>) -> Result<(), String> {
    let mut stubs = Vec::new();
    for schema in model.values() {
        for property in schema.properties.iter().filter(|property| property.kind == PropertyKind::Entity) {
            let Some(range) = &property.range else { continue };
            if !model.contains_key(range) {
                return Err(format!("{}.{}: unknown range `{range}`", schema.name, property.name));
            }
            if let Some(reverse) = &property.reverse {
                stubs.push((range.clone(), stub(schema, property, reverse)));
            }
        }
    }
    for (range, stub) in stubs {
        let inherited = lineages.get(&range).into_iter().flatten().chain([&range]);
        let taken = inherited
            .filter_map(|name| model.get(name))
            .any(|schema| schema.properties.iter().any(|property| property.name == stub.name));
        if let (false, Some(schema)) = (taken, model.get_mut(&range)) {
            schema.properties.push(stub);
        }
    }
    Ok(())
}

fn stub(schema: &Schema, property: &Property, reverse: &Reverse) -> Property {
    Property {
        name: reverse.name.clone(),
        label: reverse.label.clone(),
        description: None,
        kind: PropertyKind::Entity,
        range: Some(schema.name.clone()),
        reverse: Some(Reverse { name: property.name.clone(), label: property.label.clone(), hidden: property.hidden }),
        format: None,
        max_length: PropertyKind::Entity.max_length(),
        matchable: PropertyKind::Entity.matchable(),
        hidden: reverse.hidden,
        deprecated: false,
        stub: true,
    }
}

/// All properties in one row, and which of them each schema has.
struct Tables<'a> {
    properties: Vec<(&'a str, &'a Property)>,
    members: BTreeMap<&'a str, BTreeMap<&'a str, usize>>,
}

impl<'a> Tables<'a> {
    fn new(model: &'a Model) -> Self {
        let mut properties: Vec<(&str, &Property)> = Vec::new();
        for schema in model.values() {
            properties.extend(schema.properties.iter().map(|property| (schema.name.as_str(), property)));
        }
        properties.sort_by_key(|(schema, property)| (*schema, property.name.as_str()));
        let mut own: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for (place, (schema, property)) in properties.iter().enumerate() {
            own.entry(schema).or_default().insert(&property.name, place);
        }
        let members = model.keys().map(|name| (name.as_str(), inherit(model, &own, name))).collect();
        Self { properties, members }
    }
}

/// Own properties first, then those of the parents in their order: the nearest definition of a name holds.
fn inherit<'a>(
    model: &'a Model,
    own: &BTreeMap<&'a str, BTreeMap<&'a str, usize>>,
    name: &str,
) -> BTreeMap<&'a str, usize> {
    let mut members = own.get(name).cloned().unwrap_or_default();
    for parent in model.get(name).into_iter().flat_map(|schema| &schema.extends) {
        for (property, place) in inherit(model, own, parent) {
            members.entry(property).or_insert(place);
        }
    }
    members
}

// ---- checking

fn check(model: &Model, tables: &Tables) -> Result<(), String> {
    for (name, schema) in model {
        let edge = schema.edge.as_ref();
        let ends = edge.into_iter().flat_map(|edge| [&edge.source, &edge.target].into_iter().chain(&edge.caption));
        let lists = [&schema.featured, &schema.required, &schema.caption, &schema.start, &schema.end];
        let members = tables.members.get(name.as_str());
        for property in lists.into_iter().flatten().chain(ends) {
            if !members.is_some_and(|members| members.contains_key(property.as_str())) {
                return Err(format!("{name} names a property `{property}` that it does not have"));
            }
        }
    }
    Ok(())
}

// ---- writing

fn write(model: &Model, lineages: &BTreeMap<String, BTreeSet<String>>, tables: &Tables) -> String {
    let mut out = format!("pub(super) static SCHEMATA: [Schema; {}] = [\n", model.len());
    for (name, schema) in model {
        let lineage: Vec<&String> = lineages.get(name).into_iter().flatten().collect();
        let members: Vec<&usize> = tables.members.get(name.as_str()).into_iter().flat_map(BTreeMap::values).collect();
        out.push_str(&write_schema(model, schema));
        let _ = writeln!(out, "    lineage: &{lineage:?}, members: &{members:?} }},");
    }
    let _ = writeln!(out, "];\n\npub(super) static PROPERTIES: [Property; {}] = [", tables.properties.len());
    for (schema, property) in &tables.properties {
        out.push_str(&write_property(schema, property));
    }
    out.push_str("];\n");
    out
}

/// The fields of a schema up to those that the caller knows.
fn write_schema(model: &Model, schema: &Schema) -> String {
    let Schema { name, label, plural, description, extends, is_abstract, .. } = schema;
    let Schema { matchable, hidden, generated, deprecated, featured, required, caption, .. } = schema;
    format!(
        "Schema {{ name: {name:?}, label: {label:?}, plural: {plural:?}, description: {description:?},\n    \
         extends: &{extends:?}, abstract_: {is_abstract}, matchable: {matchable}, hidden: {hidden}, \
         generated: {generated}, deprecated: {deprecated},\n    \
         featured: &{featured:?}, required: &{required:?}, caption: &{caption:?},\n    \
         edge: {}, temporal_extent: {},\n",
        schema.edge.as_ref().map_or_else(|| "None".to_owned(), write_edge),
        write_extent(model, schema),
    )
}

fn write_edge(Edge { source, target, label, directed, caption }: &Edge) -> String {
    format!(
        "Some(Edge {{ source: {source:?}, target: {target:?}, label: {label:?}, directed: {directed}, \
         caption: &{caption:?} }})"
    )
}

fn write_extent(model: &Model, schema: &Schema) -> String {
    let start = extent(model, schema, |schema| &schema.start);
    let end = extent(model, schema, |schema| &schema.end);
    if start.is_empty() && end.is_empty() {
        return "None".to_owned();
    }
    format!("Some(TemporalExtent {{ start: &{start:?}, end: &{end:?} }})")
}

/// One side of the temporal extent: the schema's own, else that of the first parent that has one.
fn extent<'a>(model: &'a Model, schema: &'a Schema, side: fn(&Schema) -> &Vec<String>) -> &'a [String] {
    if !side(schema).is_empty() {
        return side(schema);
    }
    let parents = schema.extends.iter().filter_map(|parent| model.get(parent));
    parents.map(|parent| extent(model, parent, side)).find(|found| !found.is_empty()).unwrap_or_default()
}

fn write_property(schema: &str, property: &Property) -> String {
    let Property { name, label, description, kind, range, format, max_length, .. } = property;
    let reverse = match &property.reverse {
        Some(Reverse { name, label, .. }) => format!("Some(Reverse {{ name: {name:?}, label: {label:?} }})"),
        None => "None".to_owned(),
    };
    format!(
        "Property {{ name: {name:?}, schema: {schema:?}, label: {label:?}, description: {description:?},\n    \
         kind: PropertyKind::{kind:?}, range: {range:?}, reverse: {reverse}, format: {format:?},\n    \
         max_length: {max_length}, matchable: {}, hidden: {}, deprecated: {}, stub: {} }},\n",
        property.matchable, property.hidden, property.deprecated, property.stub,
    )
}
