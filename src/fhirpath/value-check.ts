import { FUNCTIONS, PASSING } from './functions.js';
import { eitherOf, isRows, isTexts, type Known, type KnownValues, NO_VALUES } from './known-values.js';
import { type Finding, nameOf, stringValue, type SyntaxNode, variableName } from './parse.js';

/** Walks an expression with what is known of its values, and notes columns and texts that there can never be. */
export class ValueCheck {
  readonly findings: Finding[] = [];

  constructor(private readonly known: KnownValues) {}

  /** @param focus what is known of the thing that the expression is evaluated on */
  run(tree: SyntaxNode, focus: Known): Known {
    return this.#values(tree, focus);
  }

  #values(node: SyntaxNode, focus: Known): Known {
    switch (node.type) {
      case 'StringLiteral':
        return { texts: new Set([stringValue(node.text ?? '')]), written: true };
      case 'NullLiteral':
        return NO_VALUES;
      case 'ThisInvocation':
        return focus;
      case 'ExternalConstantTerm':
        return this.known.variable(variableName(node));
      case 'InvocationExpression': {
        const [input, step] = node.children as [SyntaxNode, SyntaxNode];
        return this.#step(step, this.#values(input, focus), focus);
      }
      case 'MemberInvocation':
      case 'FunctionInvocation':
        return this.#step(node, focus, focus);
      case 'IndexerExpression': {
        const [items, index] = node.children;
        this.#values(index!, focus);
        return this.#values(items!, focus);
      }
      case 'TypeExpression': {
        const [operand, type] = node.children;
        const input = this.#values(operand!, focus);
        return node.text === 'as' ? ofType(input, type!.text ?? '') : undefined;
      }
      case 'UnionExpression':
      case 'EqualityExpression':
      case 'MembershipExpression': {
        const [left, right] = node.children.map((child) => this.#values(child, focus));
        if (node.type === 'UnionExpression') return eitherOf(left, right);
        this.#compared(left, right, node);
        return undefined;
      }
      default:
        for (const child of node.children) this.#values(child, focus);
        return undefined;
    }
  }

  #step(step: SyntaxNode, input: Known, focus: Known): Known {
    if (step.type === 'FunctionInvocation') return this.#call(step, input, focus);
    return step.type === 'MemberInvocation' ? this.#member(step, input) : undefined;
  }

  #member(node: SyntaxNode, input: Known): Known {
    const name = nameOf(node);
    if (isRows(input)) {
      if (input.columns.has(name)) return input.columns.get(name);
      this.#find(`the column ${name}`, `a column of the table: ${[...input.columns.keys()].join(', ')}`, node);
      return undefined;
    }
    if (name === 'linkId') return this.known.linkIds;
    if (input === undefined || isTexts(input)) return undefined;
    if (name === 'code') return input.answers;
    return name === 'answer' || name === 'value' ? input : undefined;
  }

  #call(node: SyntaxNode, input: Known, focus: Known): Known {
    const name = nameOf(node);
    const parameters = node.children;
    const { takes } = FUNCTIONS.get(name) ?? {};
    if (takes === 'type') return name === 'is' ? undefined : ofType(input, parameters[0]?.text ?? '');
    const inside = takes === 'criteria' ? input : focus;
    const results = parameters.map((parameter) => this.#values(parameter, inside));
    if (name === 'intersect' || name === 'exclude') this.#compared(input, results[0], node);
    if (name === 'where') return this.#itemNamed(parameters[0]!) ?? input;
    if (PASSING.has(name)) return input;
    if (name === 'select') return results[0];
    if (name === 'iif') return eitherOf(results[1], results.length === 3 ? results[2] : NO_VALUES);
    return name === 'union' || name === 'combine' ? eitherOf(input, results[0]) : undefined;
  }

  /** The item that a criterion asks for by name, beside whatever else it asks: `linkId = 'x' and …`. */
  #itemNamed(node: SyntaxNode): Known {
    if (node.type === 'AndExpression') {
      const [left, right] = node.children;
      return this.#itemNamed(left!) ?? this.#itemNamed(right!);
    }
    if (node.type !== 'EqualityExpression' || node.text !== '=') return undefined;
    const [member, literal] = node.children as [SyntaxNode, SyntaxNode];
    if (member.type !== 'MemberInvocation' || nameOf(member) !== 'linkId' || literal.type !== 'StringLiteral') {
      return undefined;
    }
    const answers = this.known.answersTo(stringValue(literal.text ?? ''));
    return answers === undefined ? undefined : { answers };
  }

  #compared(one: Known, other: Known, node: SyntaxNode): void {
    if (!isTexts(one) || !isTexts(other)) return;
    const [written, known] = one.written === true ? [one, other] : [other, one];
    if (written.written !== true || known.written === true || known.texts.size === 0) return;
    const expected = known.called ?? [...known.texts].join(' | ');
    for (const text of written.texts) {
      if (text !== '' && !known.texts.has(text)) this.#find(text, expected, node);
    }
  }

  #find(message: string, expected: string, node: SyntaxNode): void {
    if (this.findings.some((finding) => finding.message === message && finding.expected === expected)) return;
    this.findings.push({ message, expected, position: node.start ?? { line: 1, column: 1 } });
  }
}

/** A text that stands in place of a code says the same; of any other type nothing is known but of codes. */
function ofType(input: Known, text: string): Known {
  const type = text.replace(/^(FHIR|System)\./, '').toLowerCase();
  if (isTexts(input)) return type === 'string' || type === 'code' ? input : undefined;
  if (input === undefined || isRows(input)) return undefined;
  if (type === 'coding' || type === 'codeableconcept') return input;
  return type === 'string' ? input.answers : undefined;
}

/** What an expression can give. */
export function valuesOf(tree: SyntaxNode, known: KnownValues, focus: Known): Known {
  return new ValueCheck(known).run(tree, focus);
}
