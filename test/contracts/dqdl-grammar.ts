/**
 * Whether a text is a DQDL ruleset, as far as ours use the language. By hand from the grammar that AWS publishes:
 * github.com/awslabs/dqdl, configuration/dqdl/*.g4, and configuration/rules/rules-config.json for what each rule type may have.
 */
interface RuleType {
  readonly parameters: 1 | 2;
  readonly mayFilter: boolean;
  readonly mayHaveThreshold: boolean;
}

const RULE_TYPES: Readonly<Record<string, RuleType>> = {
  Completeness: { parameters: 1, mayFilter: true, mayHaveThreshold: false },
  Uniqueness: { parameters: 1, mayFilter: true, mayHaveThreshold: false },
  ColumnValues: { parameters: 1, mayFilter: true, mayHaveThreshold: true },
  ColumnLength: { parameters: 1, mayFilter: true, mayHaveThreshold: false },
  CustomSql: { parameters: 1, mayFilter: false, mayHaveThreshold: true },
  ReferentialIntegrity: { parameters: 2, mayFilter: false, mayHaveThreshold: false },
};

// Of several tokens that begin at a place the longest counts, as in ANTLR; of equally long ones the first.
const TOKENS = [
  ['date', /^"\d{4}-\d\d-\d\d"/],
  ['string', /^"(?:\\"|\\\\|[^"])*?"/],
  ['decimal', /^\d+\.\d+/],
  ['integer', /^\d+/],
  ['word', /^[a-zA-Z0-9_.]+/],
  ['sign', /^(?:>=|<=|[=[\](),<>-])/],
] as const;

interface Token {
  readonly kind: (typeof TOKENS)[number][0];
  readonly text: string;
}

/** The rules, each as its tokens' texts. Throws with what was found where another thing was expected. */
export function readRuleset(text: string): string[][] {
  const tokens = tokensOf(text);
  let place = 0;
  const isNext = (wanted: string): boolean => tokens[place]?.kind === wanted || tokens[place]?.text === wanted;
  const take = (...wanted: string[]): string => {
    const token = tokens[place];
    if (token === undefined || !wanted.some(isNext))
      throw new Error(`expected ${wanted.join(' or ')}, found ${token?.text ?? 'the end'}`);
    place += 1;
    return token.text;
  };
  const number = (): string => (isNext('-') ? take('-') : '') + take('decimal', 'integer');

  const takeStrings = (): void => {
    take('[');
    take('string');
    while (isNext(',')) {
      take(',');
      take('string');
    }
    take(']');
  };

  const condition = (): void => {
    const operator = take('>=', '<=', '>', '<', 'in', 'matches');
    if (operator === 'matches') take('string');
    else if (operator !== 'in') (isNext('date') ? () => take('date') : number)();
    else takeStrings();
  };

  const rule = (): string[] => {
    const begin = place;
    const name = take('word');
    const type = RULE_TYPES[name];
    if (type === undefined) throw new Error(`no rule is of the type ${name}`);
    let parameters = 0;
    for (; isNext('string'); parameters += 1) take('string');
    if (parameters !== type.parameters) throw new Error(`${name} has ${parameters} parameters`);
    condition();
    if (type.mayFilter && isNext('where')) {
      take('where');
      take('string');
    }
    if (type.mayHaveThreshold && isNext('with')) {
      take('with');
      take('threshold');
      condition();
    }
    return tokens.slice(begin, place).map((token) => token.text);
  };

  for (const sign of ['Rules', '=', '[']) take(sign);
  const rules = [rule()];
  while (isNext(',')) {
    take(',');
    rules.push(rule());
  }
  take(']');
  if (place < tokens.length) throw new Error(`expected the end, found ${tokens[place]?.text}`);
  return rules;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let rest = text.trimStart(); rest !== '';) {
    const found = TOKENS.map(([kind, source]) => ({ kind, text: source.exec(rest)?.[0] ?? '' }));
    const longest = found.reduce((best, next) => (next.text.length > best.text.length ? next : best));
    if (longest.text === '') throw new Error(`no token begins with ${rest.slice(0, 20)}`);
    tokens.push(longest);
    rest = rest.slice(longest.text.length).trimStart();
  }
  return tokens;
}
