import type { TrinoSQL, TrinoSqlListener } from 'dt-sql-parser';
import { buildSync } from 'esbuild';
import { MACRO_FUNCTIONS, NATIVE_FUNCTIONS, PORTABLE_TYPES } from '../../lib/sections/portable/functions.ts';

/**
 * The subset of Trino SQL that DuckDB, with the prelude, answers alike. The grammar says what is Trino's at all; these
 * lists say what of it the project uses. Before adding to them, compare both engines' documentation.
 */

/** Rules of Trino's grammar. Left out, among others: decimal literals, zoned times, intervals, lambdas, rows. */
const CONSTRUCTS = new Set([
  ...['Program', 'Statements', 'SingleStatement', 'StatementDefault', 'RootQuery', 'QueryStatement', 'QueryNoWith'],
  ...['With', 'NamedQuery', 'ColumnAliases', 'QueryTermDefault', 'QueryPrimaryDefault', 'QuerySpecification'],
  ...[
    'SelectList',
    'SelectItem',
    'SelectAllWithoutTable',
    'TableAllColumns',
    'SelectExpressionColumnName',
    'SelectLiteralColumnName',
  ],
  ...['SetOperation', 'SetQuantifier', 'InlineTable', 'RowConstructor', 'WhereClause', 'HavingClause'],
  ...['RelationDefault', 'SampledRelation', 'PatternRecognition', 'AliasedRelation', 'SubqueryRelation'],
  ...[
    'TableName',
    'TableOrViewName',
    'TableRef',
    'ExpressionSourceTable',
    'Unnest',
    'JoinRelation',
    'JoinType',
    'JoinCriteria',
  ],
  // How the grammar calls an ON that compares two columns.
  ...['JoinColumnEquality', 'JoinColumnReference'],
  ...['GroupBy', 'SingleGroupingSet', 'GroupingSet', 'GroupingTerm', 'SortItem', 'LimitRowCount', 'RowCount'],
  ...['Expression', 'ValueExpressionDefault', 'ParenthesizedExpression', 'SubqueryExpression', 'Predicated'],
  ...['And', 'Or', 'LogicalNot', 'Comparison', 'ComparisonOperator', 'Between', 'InList', 'Like', 'NullPredicate'],
  ...['ArithmeticBinary', 'ArithmeticUnary', 'Concatenation', 'Dereference', 'Subscript', 'ArrayConstructor'],
  ...['SimpleCase', 'SearchedCase', 'WhenClause', 'Cast', 'GenericType', 'TypeParameter', 'DateTimeType', 'Coalesce'],
  ...['FunctionCall', 'FunctionName', 'Filter', 'Over', 'WindowSpecification', 'PartitionBy'],
  ...['ColumnReference', 'ColumnRef', 'ColumnName', 'QualifiedName', 'NonReserved', 'Parameter'],
  ...['UnquotedIdentifier', 'QuotedIdentifier', 'NumericLiteral', 'IntegerLiteral', 'DoubleLiteral'],
  ...['StringLiteral', 'BasicStringLiteral', 'BooleanLiteral', 'BooleanValue', 'NullLiteral'],
]);

const parser = await loadParser();

/** The problems that make a query behave differently on Trino and on DuckDB; empty if there are none. */
export function faultsOf(sql: string): string[] {
  const faults: string[] = [];
  const tree = parser.parse(sql, ({ startLine, startColumn, message }) =>
    faults.push(`${startLine}:${startColumn} ${message}`),
  );
  let statements = 0;
  const listener = everyRule((construct) => {
    if (!CONSTRUCTS.has(construct)) faults.push(`${construct} is not in the common subset`);
  });
  listener.enterSingleStatement = () => {
    statements += 1;
  };
  listener.enterCast = (cast) => {
    const type = cast.type().getText().toLowerCase();
    if (!PORTABLE_TYPES.includes(type)) faults.push(`the type ${type} is not in the common subset`);
  };
  listener.enterFunctionCall = (call) => {
    const name = call.functionName().getText().toLowerCase();
    const isPrelude = MACRO_FUNCTIONS.includes(name);
    if (!isPrelude && !NATIVE_FUNCTIONS.includes(name)) {
      faults.push(`the function ${name} is not in the common subset`);
    }
    if (isPrelude && (call.filter() || call.setQuantifier() || call.over())) {
      faults.push(`${name} is a macro on DuckDB and takes no FILTER, DISTINCT or OVER`);
    }
    if (call.filter() && call.over()) faults.push('Trino has no FILTER on a window function');
  };
  listener.enterUnnest = (unnest) => {
    if (unnest.expression().length !== 1 || /WITHORDINALITY$/i.test(unnest.getText())) {
      faults.push('UNNEST is for one array, without WITH ORDINALITY');
    }
  };
  listener.visitTerminal = (node) => {
    if (node.getText().toUpperCase() === 'FETCH') faults.push('FETCH FIRST is not in the common subset');
  };
  parser.listen(listener, tree);
  if (statements !== 1) faults.push(`${statements} statements instead of one`);
  return [...new Set(faults)];
}

/** A listener that gets the name of each grammar rule in the tree, before the method that is assigned for that rule. */
function everyRule(told: (construct: string) => void): TrinoSqlListener {
  return new Proxy({} as TrinoSqlListener, {
    get(own, name) {
      const handler = Reflect.get(own, name);
      if (typeof name !== 'string' || !name.startsWith('enter') || name === 'enterEveryRule') {
        return handler ?? (() => {});
      }
      return (context: never) => {
        told(name.slice('enter'.length));
        handler?.(context);
      };
    },
  });
}

/** dt-sql-parser is written for bundlers (its imports name folders), so it is bundled before it is loaded. */
async function loadParser(): Promise<TrinoSQL> {
  const { outputFiles } = buildSync({
    stdin: { contents: "export { TrinoSQL } from 'dt-sql-parser'", resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    treeShaking: true,
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const { TrinoSQL } = (await import(`data:text/javascript;base64,${code}`)) as typeof import('dt-sql-parser');
  return new TrinoSQL();
}
