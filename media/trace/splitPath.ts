/** A path's folder, its separator at the end kept, and its file name; both kinds of separator count. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const nameStart = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1;
  return { folder: path.slice(0, nameStart), name: path.slice(nameStart) };
}
