/** What an organiser sets for a contest and its rounds. Stored as it is; presets fill it in. Durations in ms, marks in hundredths. */
import Type, { type Static } from 'typebox';

const Presence = Type.Union([Type.Literal('no'), Type.Literal('optional'), Type.Literal('required')]);

/** One thing that people agree to, or not, each by itself; a new text is a new version. */
export const Consent = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-zA-Z0-9]{0,30}$' }),
    vi: Type.String({ minLength: 1, maxLength: 500 }),
    en: Type.String({ maxLength: 500 }),
    required: Type.Boolean(),
    version: Type.Integer({ minimum: 1 }),
  },
  { additionalProperties: false },
);

export const ContestSettings = Type.Object(
  {
    /** How names are shown to others: in full, shortened ("Nguyễn V. A."), or only the entry's number. */
    names: Type.Union([Type.Literal('full'), Type.Literal('short'), Type.Literal('number')]),
    /** What is asked once, at entry. */
    fields: Type.Object(
      {
        birthDate: Presence,
        phone: Presence,
        email: Presence,
        citizenId: Presence,
        address: Presence,
        unit: Presence,
        title: Presence,
        group: Presence,
      },
      { additionalProperties: false },
    ),
    consents: Type.Array(Consent, { maxItems: 10 }),
    /** People may enter without an account and come back with a personal link and code. */
    guests: Type.Boolean(),
    /** The form asks for the code that members of a roster were given. */
    rosterCodes: Type.Optional(Type.Boolean()),
    /** Notes how often the page of an attempt is out of sight. People are told before they start; nothing follows by itself. */
    watchesPages: Type.Optional(Type.Boolean()),
    /** Measure by which units are ranked. */
    unitRanking: Type.Union([
      Type.Literal('entrants'),
      Type.Literal('attempts'),
      Type.Literal('rate'),
      Type.Literal('average'),
    ]),
    /** Whether rounds are added up into one board. */
    overall: Type.Boolean(),
    /** "Thể lệ" and "Giải thưởng", small markup. */
    rules: Type.String({ maxLength: 20_000 }),
    prizes: Type.String({ maxLength: 20_000 }),
    /** Personal fields of entries, and guests, are erased so many days after the last round; null or left out: never of itself. */
    retentionDays: Type.Optional(Type.Union([Type.Null(), Type.Integer({ minimum: 1, maximum: 3650 })])),
    /** Sites that may show the contest in a frame, e.g. "https://hanoi.gov.vn". */
    embedOrigins: Type.Optional(
      Type.Array(Type.String({ pattern: '^https?://[a-z0-9.-]{1,200}(:[0-9]{1,5})?$' }), {
        maxItems: 20,
        uniqueItems: true,
      }),
    ),
    /** Reminders that are sent of themselves to those who agreed. */
    reminders: Type.Optional(
      Type.Object(
        { opens: Type.Boolean(), closes: Type.Boolean(), results: Type.Boolean() },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type ContestSettings = Static<typeof ContestSettings>;

/** So many questions that fit; an empty list means "any", but a draft needs its banks before it is published. */
export const BlueprintCell = Type.Object(
  {
    banks: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 }),
    topics: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 }),
    kinds: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 }),
    difficulties: Type.Array(Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)]), {
      maxItems: 3,
    }),
    count: Type.Integer({ minimum: 1, maximum: 200 }),
  },
  { additionalProperties: false },
);

export const Blueprint = Type.Object(
  {
    cells: Type.Array(BlueprintCell, { maxItems: 50 }),
    shuffleQuestions: Type.Boolean(),
    shuffleOptions: Type.Boolean(),
    /** Leave out what earlier rounds of the contest asked anybody. */
    leaveOutEarlierRounds: Type.Boolean(),
    /** Leave out what this person has seen in this contest, while enough is left. */
    leaveOutSeen: Type.Boolean(),
    /** Draw from approved questions only. */
    approvedOnly: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type Blueprint = Static<typeof Blueprint>;

const Release = Type.Union([Type.Literal('submit'), Type.Literal('close'), Type.Literal('never')]);

export const Prediction = Type.Object(
  {
    /** What is to be guessed: how many people get everything right, how many attempts there are, how many people take part. */
    target: Type.Union([Type.Literal('allRight'), Type.Literal('attempts'), Type.Literal('entrants')]),
    scope: Type.Union([Type.Literal('round'), Type.Literal('contest')]),
  },
  { additionalProperties: false },
);

export const Criterion = Type.Union([
  Type.Literal('marks'),
  Type.Literal('prediction'),
  Type.Literal('time'),
  Type.Literal('submitted'),
]);

export const RoundSettings = Type.Object(
  {
    attemptsAllowed: Type.Integer({ minimum: 1, maximum: 1000 }),
    /** The time over which attempts are counted: the whole round, or each local day. */
    attemptsPer: Type.Union([Type.Literal('round'), Type.Literal('day')]),
    counting: Type.Union([
      Type.Literal('best'),
      Type.Literal('first'),
      Type.Literal('last'),
      Type.Literal('all'),
    ]),
    blueprint: Blueprint,
    prediction: Type.Union([Type.Null(), Prediction]),
    /** Order in which ties are broken. */
    order: Type.Array(Criterion, { minItems: 1, maxItems: 4, uniqueItems: true }),
    release: Type.Object(
      { result: Release, keys: Release, explanations: Release },
      { additionalProperties: false },
    ),
    layout: Type.Union([Type.Literal('one'), Type.Literal('all')]),
    /** Percent of an essay's marks that two markers may be apart before a third looks; left out: 20. */
    essayGap: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    entry: Type.Object(
      {
        /** Only people of these units and the units below them; empty: any. */
        units: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 1000 }),
        groups: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 10 }),
        minAge: Type.Union([Type.Null(), Type.Integer({ minimum: 1, maximum: 120 })]),
        maxAge: Type.Union([Type.Null(), Type.Integer({ minimum: 1, maximum: 120 })]),
        /** A code that must be typed before the start; null: none. */
        code: Type.Union([Type.Null(), Type.String({ minLength: 4, maxLength: 40 })]),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type RoundSettings = Static<typeof RoundSettings>;
