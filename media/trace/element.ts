export interface ElementParts {
  readonly text?: string;
  readonly label?: string;
  readonly title?: string;
  readonly role?: string;
  /** decoration that a screen reader passes over */
  readonly isHidden?: boolean;
  readonly children?: readonly (Node | string)[];
}

/** A new element. Text only ever becomes text: nothing here reads markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  { text, label, title, role, isHidden, children = [] }: ElementParts = {},
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  if (text !== undefined) made.textContent = text;
  if (label !== undefined) made.setAttribute("aria-label", label);
  if (title !== undefined) made.title = title;
  if (role !== undefined) made.setAttribute("role", role);
  if (isHidden === true) made.setAttribute("aria-hidden", "true");
  made.append(...children);
  return made;
}
