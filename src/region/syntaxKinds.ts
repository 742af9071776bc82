/** Where a body lies within its node: behind what opens it, before what closes it. */
export interface BodyExtent {
  /** Kinds of the child that opens it, the first that there is. Absent: the node's start, or the header's end. */
  readonly open?: readonly string[];
  /** Kinds of what closes it, last in the node. Absent: nothing does, and blank lines at the node's end belong to it. */
  readonly close?: readonly string[];
  /** Fields of the children that stand between the first word and the body, where no child of a kind of its own opens it. */
  readonly header?: readonly string[];
  /** By indentation: which columns are inside, from the node's own on, or only deeper ones. */
  readonly columns?: "own" | "deeper";
}

/** What the nodes of a grammar mean. */
export interface SyntaxKinds {
  readonly comments: readonly string[];
  readonly strings: readonly string[];
  /** What is code within a string. */
  readonly interpolations: readonly string[];
  /** Node kind → where the body in it lies. */
  readonly bodies: Readonly<Record<string, BodyExtent>>;
  /** What may stand in a body that has yet to be written, besides comments: parameters, labels, the next branch. */
  readonly besides?: readonly string[];
  /** What only holds a body's statements, and is as empty as they are. */
  readonly wrappers?: readonly string[];
  /** A statement that is a doc string (or a directive) where it holds nothing but a string. */
  readonly docStatement?: string;
}

const BRACES: BodyExtent = { open: ["{"], close: ["}"] };
const BRACKETS: BodyExtent = { open: ["["], close: ["]"] };

function braced(...kinds: readonly string[]): Record<string, BodyExtent> {
  return Object.fromEntries(kinds.map((kind) => [kind, BRACES]));
}

const JAVASCRIPT: SyntaxKinds = {
  comments: ["comment"],
  strings: ["string", "template_string", "regex"],
  interpolations: ["template_substitution"],
  bodies: braced("statement_block", "class_body", "switch_body"),
  docStatement: "expression_statement",
};

const TYPESCRIPT: SyntaxKinds = {
  ...JAVASCRIPT,
  bodies: {
    ...JAVASCRIPT.bodies,
    ...braced("interface_body", "enum_body"),
    object_type: { open: ["{", "{|"], close: ["}", "|}"] },
  },
};

const PYTHON: SyntaxKinds = {
  comments: ["comment"],
  strings: ["string", "concatenated_string"],
  interpolations: ["interpolation"],
  bodies: { block: { columns: "own" } },
  docStatement: "expression_statement",
};

const GO: SyntaxKinds = {
  comments: ["comment"],
  strings: ["interpreted_string_literal", "raw_string_literal", "rune_literal"],
  interpolations: [],
  bodies: braced(
    "block",
    "field_declaration_list",
    "interface_type",
    "expression_switch_statement",
    "type_switch_statement",
    "select_statement",
  ),
  wrappers: ["statement_list"],
};

const RUST: SyntaxKinds = {
  comments: ["line_comment", "block_comment"],
  strings: ["string_literal", "raw_string_literal", "char_literal"],
  interpolations: [],
  bodies: braced("block", "declaration_list", "field_declaration_list", "enum_variant_list", "match_block"),
};

const JAVA: SyntaxKinds = {
  comments: ["line_comment", "block_comment"],
  strings: ["string_literal", "character_literal"],
  interpolations: ["string_interpolation"],
  bodies: braced("block", "class_body", "constructor_body", "interface_body", "enum_body", "annotation_type_body", "switch_block"),
};

const C: SyntaxKinds = {
  comments: ["comment"],
  strings: ["string_literal", "char_literal", "system_lib_string"],
  interpolations: [],
  bodies: braced("compound_statement", "declaration_list", "field_declaration_list", "enumerator_list"),
};

const CPP: SyntaxKinds = { ...C, strings: [...C.strings, "raw_string_literal"], besides: ["access_specifier"] };

const C_SHARP: SyntaxKinds = {
  comments: ["comment"],
  strings: ["string_literal", "verbatim_string_literal", "raw_string_literal", "interpolated_string_expression", "character_literal"],
  interpolations: ["interpolation"],
  bodies: braced("block", "declaration_list", "enum_member_declaration_list", "accessor_list", "switch_body", "switch_expression"),
};

const END = ["end"];
const RUBY: SyntaxKinds = {
  comments: ["comment"],
  strings: ["string", "bare_string", "heredoc_body", "regex", "subshell", "delimited_symbol", "character"],
  interpolations: ["interpolation"],
  bodies: {
    class: { header: ["name", "superclass"], close: END },
    singleton_class: { header: ["value"], close: END },
    module: { header: ["name"], close: END },
    method: { header: ["name", "parameters"], close: END },
    singleton_method: { header: ["object", "name", "parameters"], close: END },
    if: { header: ["condition"], close: END },
    unless: { header: ["condition"], close: END },
    while: { header: ["condition"], close: END },
    until: { header: ["condition"], close: END },
    for: { header: ["pattern", "value"], close: END },
    case: { header: ["value"], close: END },
    case_match: { header: ["value"], close: END },
    begin: { open: ["begin"], close: END },
    do: { open: ["do"], close: END },
    do_block: { open: ["do"], close: END },
    block: { open: ["{"], close: ["}"] },
    // Branches end where the next begins, or the whole.
    then: {},
    elsif: { header: ["condition"] },
    else: { open: ["else"] },
    when: { header: ["pattern"] },
    in_clause: { header: ["pattern", "guard"] },
    rescue: { header: ["exceptions", "variable"] },
    ensure: { open: ["ensure"] },
  },
  besides: ["block_parameters", "elsif", "else", "rescue", "ensure"],
  wrappers: ["body_statement", "block_body", "do", "then"],
};

const PHP: SyntaxKinds = {
  comments: ["comment"],
  strings: ["string", "encapsed_string", "heredoc_body", "nowdoc_body", "shell_command_expression"],
  // They have no node of their own in this grammar.
  interpolations: [
    "variable_name",
    "dynamic_variable_name",
    "member_access_expression",
    "nullsafe_member_access_expression",
    "subscript_expression",
    "member_call_expression",
  ],
  bodies: {
    ...braced("compound_statement", "declaration_list", "enum_declaration_list", "switch_block", "match_block", "property_hook_list"),
    // The other way to write a block: `if (…):` up to `endif`, which is the statement's.
    colon_block: { open: [":"] },
  },
};

const TAGS: BodyExtent = { open: ["start_tag"], close: ["end_tag"] };
const HTML: SyntaxKinds = {
  comments: ["comment"],
  strings: ["quoted_attribute_value"],
  interpolations: [],
  bodies: { element: TAGS, script_element: TAGS, style_element: TAGS },
  besides: ["end_tag"],
};

const CSS: SyntaxKinds = {
  comments: ["comment", "js_comment"],
  strings: ["string_value"],
  interpolations: [],
  bodies: braced("block", "keyframe_block_list"),
};

const JSON_KINDS: SyntaxKinds = {
  comments: ["comment"],
  strings: ["string"],
  interpolations: [],
  bodies: { object: BRACES, array: BRACKETS },
};

const YAML: SyntaxKinds = {
  comments: ["comment"],
  strings: ["double_quote_scalar", "single_quote_scalar", "block_scalar"],
  interpolations: [],
  bodies: {
    block_mapping: { columns: "own" },
    block_sequence: { columns: "own" },
    block_mapping_pair: { open: [":"], columns: "deeper" },
    flow_mapping: BRACES,
    flow_sequence: BRACKETS,
  },
};

const BASH: SyntaxKinds = {
  comments: ["comment"],
  strings: ["string", "raw_string", "ansi_c_string", "heredoc_body"],
  interpolations: ["simple_expansion", "expansion", "command_substitution", "arithmetic_expansion"],
  bodies: {
    compound_statement: BRACES,
    subshell: { open: ["("], close: [")"] },
    do_group: { open: ["do"], close: ["done"] },
    if_statement: { open: ["then"], close: ["fi"] },
    elif_clause: { open: ["then"] },
    else_clause: { open: ["else"] },
    case_statement: { open: ["in"], close: ["esac"] },
    case_item: { open: [")"], close: [";;", ";&", ";;&"] },
  },
  besides: ["elif_clause", "else_clause"],
};

/** Grammar → what its nodes mean. */
export const SYNTAX_KINDS: Readonly<Record<string, SyntaxKinds>> = {
  "tree-sitter-typescript.wasm": TYPESCRIPT,
  "tree-sitter-tsx.wasm": TYPESCRIPT,
  "tree-sitter-javascript.wasm": JAVASCRIPT,
  "tree-sitter-python.wasm": PYTHON,
  "tree-sitter-go.wasm": GO,
  "tree-sitter-rust.wasm": RUST,
  "tree-sitter-java.wasm": JAVA,
  "tree-sitter-c.wasm": C,
  "tree-sitter-cpp.wasm": CPP,
  "tree-sitter-c-sharp.wasm": C_SHARP,
  "tree-sitter-ruby.wasm": RUBY,
  "tree-sitter-php.wasm": PHP,
  "tree-sitter-html.wasm": HTML,
  "tree-sitter-css.wasm": CSS,
  "tree-sitter-json.wasm": JSON_KINDS,
  "tree-sitter-yaml.wasm": YAML,
  "tree-sitter-bash.wasm": BASH,
};
