/**
 * Compiles as tsc does, and refuses what would hide that a type does not fit: `any`, casts, `!`,
 * and comments that silence the compiler.
 *
 * node tools/compile.mjs [folder with a tsconfig.json]
 */

import { join, relative } from "node:path";
import ts from "typescript";

const folder = process.argv[2] ?? ".";
const { config, error } = ts.readConfigFile(join(folder, "tsconfig.json"), ts.sys.readFile);
if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, "\n"));
const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
const program = ts.createProgram(fileNames, options);
const checker = program.getTypeChecker();

const isAny = (node) => (checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) !== 0;
// What is `unknown` must be looked at before it can be used.
const isUnknown = (node) => node?.kind === ts.SyntaxKind.UnknownKeyword;
const isConst = ({ type }) => ts.isTypeReferenceNode(type) && type.typeName.getText() === "const";

function fault(node) {
  if (ts.isAsExpression(node) && !isConst(node)) return "a cast";
  if (ts.isTypeAssertionExpression(node)) return "a cast";
  if (ts.isNonNullExpression(node)) return "a promise that something is there";
  if (node.kind === ts.SyntaxKind.AnyKeyword) return "any";
  if (ts.isCallExpression(node) && isAny(node) && !isUnknown(node.parent.type)) {
    return "an answer of any";
  }
  const isNew = ts.isVariableDeclaration(node) || ts.isBindingElement(node) || ts.isParameter(node);
  return isNew && ts.isIdentifier(node.name) && isAny(node.name) ? "a variable of any" : null;
}

const complaints = [];
const complain = (file, position, what) => {
  const { line } = file.getLineAndCharacterOfPosition(position);
  complaints.push(`${relative(folder, file.fileName)}:${line + 1}: ${what}`);
};
for (const file of program.getSourceFiles().filter((each) => !each.isDeclarationFile)) {
  const visit = (node) => {
    const what = fault(node);
    if (what !== null) complain(file, node.getStart(), what);
    ts.forEachChild(node, visit);
  };
  visit(file);
  for (const found of file.text.matchAll(/@ts-(ignore|expect-error|nocheck)/g)) {
    complain(file, found.index, found[0]);
  }
}
for (const { file, start, messageText } of ts.getPreEmitDiagnostics(program)) {
  const text = ts.flattenDiagnosticMessageText(messageText, "\n");
  if (file) complain(file, start ?? 0, text);
  else complaints.push(text);
}
if (complaints.length === 0) program.emit();
for (const each of complaints) console.log(each);
console.log(`${complaints.length} complaints about ${fileNames.length} files`);
process.exit(complaints.length === 0 ? 0 : 1);
