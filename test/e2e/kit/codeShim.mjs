#!/usr/bin/env node
// Looks like VS Code's executable to @vscode/test-electron, and runs the tests in code-server and Chromium: one script serves both.
import { tsImport } from "tsx/esm/api";

const args = process.argv.slice(2);
const option = (name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);

const { runExtensionTests } = await tsImport("./runExtensionTests.ts", import.meta.url);
const folder = args.find((arg) => !arg.startsWith("-"));
process.exit(await runExtensionTests(folder, option("extensionDevelopmentPath"), option("extensionTestsPath")));
