import eslint from "@eslint/js";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

/** What decides imports neither the editor nor the machine: it can be tested with tables. */
const PURE = [
  ...["src/diffusion/**", "src/region/**", "src/completion/filters/**", "src/trace/recording.ts", "src/backends/infiller.ts"],
  // what is sent of other files, by names and texts alone
  "src/context/{chooseRelated,copiedDefinition,heldAnswers,namesNear,putLast,recentWork,unknownNames}.ts",
  "src/context/declarations/{askInTurn,declaredAt,declaredNames}.ts",
  "src/context/project/{familyGlob,foundFiles,inSlices,marginNames,projectNames}.ts",
  // the cores of the statistics and of the snooze
  "src/usage/{offer,offerLedger,offerLife,changeAtOffer,histogram,usageDays,usageFormat,usageSummary}.ts",
  "src/ui/snooze.ts",
];

export default tseslint.config(
  { ignores: ["dist/", "out/", "node_modules/", ".e2e/", "**/*_pb.ts", "test/fixtures/", "**/fixtures/**"] },
  eslint.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "off",
      "no-console": "error",
    },
  },
  {
    files: PURE,
    rules: {
      "no-restricted-imports": ["error", { paths: ["vscode"], patterns: ["node:*"] }],
      "no-restricted-globals": ["error", "process", "performance", "setTimeout", "Buffer"],
    },
  },
  {
    files: ["src/engine/**", "src/model/**"],
    rules: { "no-restricted-imports": ["error", { paths: [{ name: "vscode", message: "nothing below engine/ knows VS Code" }] }] },
  },
  { files: ["src/terminal/**", "scripts/**", "test/**", "*.mjs"], rules: { "no-console": "off" } },
  {
    files: ["**/*.mjs"],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      // The preset's own languageOptions would be lost, and with them this line.
      parserOptions: { projectService: false },
      globals: {
        process: "readonly",
        console: "readonly",
        URL: "readonly",
        setTimeout: "readonly",
        fetch: "readonly",
        performance: "readonly",
      },
    },
  },
  { files: ["test/**"], rules: { "@typescript-eslint/no-unused-expressions": "off" } },
  prettier,
);
