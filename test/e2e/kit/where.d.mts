export const CODE_SERVER_VERSION: string;
export const NODE_VERSION: string;
export function kitFolder(root: string): string;
export function serverProgram(root: string): { readonly node: string; readonly main: string };
export function findChromium(): string | undefined;
