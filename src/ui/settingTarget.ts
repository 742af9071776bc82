/** What `WorkspaceConfiguration.inspect` says of where a setting has a value. */
export interface InspectedSetting {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
}

/** Where a setting must be written so that the change is seen: a value of the workspace hides the user's own. */
export function settingTarget(inspected: InspectedSetting | undefined): "workspace" | "global" {
  return inspected?.workspaceValue === undefined ? "global" : "workspace";
}
