import { BUILT_IN_VARIABLES, FUNCTIONS, PASSING } from './functions.js';
import { isKnownType, isResourceType, resourceType, typeAtPath } from './model.js';
import { type Finding, nameOf, type Position, stringValue, type SyntaxNode, variableName } from './parse.js';
import { focusElement } from './reads.js';
import { canBe, either, elementTypes, hasElement, type StaticTypes } from './static-type.js';
import { parseTypeName } from './type-test.js';

/** What the names in an expression may be. */
export interface PathOptions {
  /** As in {@link import('./expression.js').CompileOptions}. */
  readonly focusType?: string;
  /** Whether it is evaluated on the record, where a path opens with a resource type; else it may open with a column of a row. */
  readonly onRecord?: boolean;
  /** Names of the `%variables` that an evaluation will have. */
  readonly variables: Iterable<string>;
  /** The R4 model path of variables whose elements are to be checked as well. */
  readonly variableTypes?: Readonly<Record<string, string>>;
  /** Names of the value sets that `memberOf` can be asked about. */
  readonly valueSets: Iterable<string>;
}

/** Where a path stands while it is checked. */
interface Place {
  readonly types: StaticTypes;
  /** Outside every criterion of an expression that starts at the record. */
  readonly atRecord: boolean;
}

/** Walks an expression with what is known of its types, and notes every name that leads nowhere. */
export class PathCheck {
  readonly #findings: Finding[] = [];
  readonly #variables: ReadonlySet<string>;
  readonly #valueSets: ReadonlySet<string>;

  constructor(
    private readonly source: string,
    private readonly options: PathOptions,
  ) {
    this.#variables = new Set(options.variables);
    this.#valueSets = new Set(options.valueSets);
  }

  run(tree: SyntaxNode): readonly Finding[] {
    const { focusType } = this.options;
    const types = focusType === undefined ? undefined : focusTypes(this.source, focusType);
    this.#types(tree, { types, atRecord: focusType === undefined });
    return this.#findings;
  }

  #types(node: SyntaxNode, place: Place): StaticTypes {
    switch (node.type) {
      case 'InvocationExpression': {
        const [input, step] = node.children as [SyntaxNode, SyntaxNode];
        return this.#step(step, this.#types(input, place), place);
      }
      case 'MemberInvocation':
        return place.atRecord ? this.#opening(node) : this.#member(node, place.types);
      case 'FunctionInvocation':
        return this.#call(node, place.types, place, nameOf(node) === 'iif' ? place : { ...place, atRecord: false });
      case 'ThisInvocation':
        return place.types;
      case 'ExternalConstantTerm':
        return this.#variable(node);
      case 'IndexerExpression': {
        const [items, index] = node.children;
        this.#types(index!, place);
        return this.#types(items!, place);
      }
      case 'UnionExpression': {
        const [left, right] = node.children;
        return either(this.#types(left!, place), this.#types(right!, place));
      }
      case 'TypeExpression': {
        const [operand, type] = node.children;
        return this.#typed(node.text ?? '', type!.text ?? '', this.#types(operand!, place), node);
      }
      default:
        for (const child of node.children) this.#types(child, place);
        return undefined;
    }
  }

  #step(step: SyntaxNode, input: StaticTypes, place: Place): StaticTypes {
    if (step.type === 'FunctionInvocation') return this.#call(step, input, place, { types: input, atRecord: false });
    return step.type === 'MemberInvocation' ? this.#member(step, input) : undefined;
  }

  /** The name that opens a path on the record: a resource type, or an element of a row. */
  #opening(node: SyntaxNode): StaticTypes {
    const name = nameOf(node);
    if (isResourceType(name)) return [resourceType(name)];
    if (/^[A-Z]/.test(name)) this.#find(`R4 has no resource type ${name}`, node);
    else if (this.options.onRecord === true)
      this.#find(`${name}, which opens no path: a fact is written %${name}, a text '${name}'`, node);
    return undefined;
  }

  #member(node: SyntaxNode, input: StaticTypes): StaticTypes {
    const name = nameOf(node);
    if (input?.some((type) => type.path === name)) return input;
    if (input === undefined) {
      if (isKnownType(name) && /^[A-Z]/.test(name)) {
        this.#find(`${name} names an element here; a resource type opens a path outside criteria only`, node);
      }
      return undefined;
    }
    if (!hasElement(input, name)) {
      this.#find(`R4 has no element ${input.map((type) => `${type.path}.${name}`).join(' or ')}`, node);
      return undefined;
    }
    return elementTypes(input, name);
  }

  #variable(node: SyntaxNode): StaticTypes {
    const name = variableName(node);
    if (!this.#variables.has(name) && !BUILT_IN_VARIABLES.has(name)) this.#find(`unknown variable %${name}`, node);
    const path = this.options.variableTypes?.[name];
    return path === undefined ? undefined : focusTypes(this.source, path);
  }

  /** @param inside where the criteria of the function stand */
  #call(node: SyntaxNode, input: StaticTypes, place: Place, inside: Place): StaticTypes {
    const name = nameOf(node);
    const rule = FUNCTIONS.get(name);
    const parameters = node.children;
    if (rule?.takes === 'type') return this.#typed(name, parameters[0]?.text ?? '', input, node);
    if (rule?.takes !== 'criteria') return this.#plainCall(name, parameters, input, place, node);
    if (name === 'where' || name === 'exists') parameters.forEach((criterion) => this.#criterion(criterion));
    const results = parameters.map((parameter) => this.#types(parameter, inside));
    if (PASSING.has(name)) return input;
    if (name === 'select') return results[0];
    if (name === 'iif') return results.length === 3 ? either(results[1], results[2]) : results[1];
    if (name === 'repeat') return this.#repeated(parameters[0]!, input, results[0]);
    return undefined;
  }

  #repeated(projection: SyntaxNode, input: StaticTypes, first: StaticTypes): StaticTypes {
    const next = either(input, first);
    if (next === undefined) return undefined;
    return either(first, this.#types(projection, { types: next, atRecord: false }));
  }

  #plainCall(
    name: string,
    parameters: readonly SyntaxNode[],
    input: StaticTypes,
    place: Place,
    node: SyntaxNode,
  ): StaticTypes {
    const results = parameters.map((parameter) => this.#types(parameter, place));
    if (name === 'memberOf') this.#valueSet(parameters[0], node);
    if (PASSING.has(name)) return input;
    if (name === 'union' || name === 'combine') return either(input, results[0]);
    return name === 'extension' ? [typeAtPath('Extension')!] : undefined;
  }

  /** fhirpath.js takes an element in a criterion for present, and so for true, even when it is the boolean false. */
  #criterion(node: SyntaxNode): void {
    const last = node.type === 'InvocationExpression' ? node.children[1]! : node;
    if (last.type === 'MemberInvocation') {
      this.#find(`the criterion ends in the element ${nameOf(last)}: compare it, or ask whether it exists()`, last);
    }
  }

  #valueSet(argument: SyntaxNode | undefined, node: SyntaxNode): void {
    if (argument?.type !== 'StringLiteral') this.#find('memberOf() takes the name of a value set', node);
    else if (!this.#valueSets.has(stringValue(argument.text ?? '')))
      this.#find(`unknown value set ${argument.text}`, node);
  }

  #typed(name: string, text: string, input: StaticTypes, node: SyntaxNode): StaticTypes {
    const narrowed = this.#narrowed(input, text, node);
    return name === 'is' ? undefined : narrowed;
  }

  #narrowed(input: StaticTypes, text: string, node: SyntaxNode): StaticTypes {
    const type = parseTypeName(text);
    if (type === undefined) {
      this.#find(`neither FHIR nor FHIRPath has a type ${text}`, node);
      return undefined;
    }
    if (!isKnownType(type.name) || type.namespace === 'System') return undefined;
    if (input !== undefined && !canBe(input, type.name)) {
      this.#find(`${input.map((each) => each.name ?? each.path).join(' or ')} is never a ${type.name}`, node);
    }
    const found = typeAtPath(type.name);
    return found === undefined ? undefined : [found];
  }

  #find(message: string, node: SyntaxNode): void {
    const position: Position = node.start ?? { line: 1, column: 1 };
    const known = this.#findings.some(
      (finding) =>
        finding.message === message &&
        finding.position.line === position.line &&
        finding.position.column === position.column,
    );
    if (!known) this.#findings.push({ message, position });
  }
}

function focusTypes(source: string, focusType: string): StaticTypes {
  const element = focusElement(source, focusType);
  return element === undefined ? focusType.split('|').map((name) => resourceType(name.trim())) : [element];
}
