/**
 * Large files of questions as people hand them over, made without randomness: the same bytes in every run. Every question has
 * words and a number of its own, so that nothing is the same as anything else.
 */
import { strToU8, zipSync } from 'fflate';

/** A file, and how many questions it should give. */
export interface QuestionFile {
  /** As in the product: "xlsx", "csv" … */
  readonly format: string;
  readonly name: string;
  readonly questions: number;
  bytes(): Uint8Array;
}

interface Made {
  readonly number: number;
  readonly code: string;
  readonly stem: string;
  readonly options: readonly string[];
  readonly right: number;
  readonly level: string;
  readonly topic: string;
  readonly citation: string;
  readonly explanation: string;
}

const WORDS =
  'nghị quyết thành phố phát triển văn hoá con người kinh tế xã hội đổi mới sáng tạo xây dựng Đảng chính quyền đô thị nông thôn môi trường giáo dục y tế giao thông quy hoạch dân chủ kỷ luật trách nhiệm gương mẫu đoàn kết thống nhất mục tiêu nhiệm vụ giải pháp đột phá nguồn lực khoa học công nghệ chuyển đổi số bền vững thanh lịch văn minh hội nhập quốc tế an ninh quốc phòng tổ chức bộ máy tinh gọn hiệu lực hiệu quả công khai minh bạch giám sát kiểm tra phòng chống tham nhũng'.split(
    ' ',
  );
const LEVELS = ['Nhận biết', 'Thông hiểu', 'Vận dụng'];

/** A text of words that belongs to these two numbers. */
function sentence(seed: number, words: number): string {
  let state = (seed * 2_654_435_761) >>> 0;
  const picked = Array.from({ length: words }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return WORDS[(state >>> 8) % WORDS.length] ?? '';
  });
  return picked.join(' ');
}

function question(number: number): Made {
  return {
    number,
    code: `NQ-${number}`,
    stem: `Theo văn bản số ${number}, ${sentence(number, 16)} là nội dung nào sau đây?`,
    options: [0, 1, 2, 3].map((i) => `${sentence(number * 7 + i + 1, 7)} ${number + i}`),
    right: (number * 13) % 4,
    level: LEVELS[number % 3] ?? '',
    topic: `Chuyên đề ${(number % 40) + 1}`,
    citation: `Điều ${(number % 30) + 1}, Nghị quyết ${(number % 90) + 1}-NQ/TW`,
    explanation: `Vì ${sentence(number * 3 + 1, 12)}.`,
  };
}

const letter = (index: number): string => 'ABCD'[index] ?? '';

const HEADER = [
  ...['STT', 'Mã câu hỏi', 'Câu hỏi', 'Phương án A', 'Phương án B', 'Phương án C', 'Phương án D'],
  ...['Đáp án', 'Mức độ', 'Chủ đề', 'Căn cứ', 'Giải thích', 'Điểm'],
];

function rowOf(made: Made): readonly (string | number)[] {
  const { number, code, stem, options, right, level, topic, citation, explanation } = made;
  return [number, code, stem, ...options, letter(right), level, topic, citation, explanation, 1];
}

function* each(count: number): Generator<Made> {
  for (let number = 1; number <= count; number++) yield question(number);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** Texts of cells are shared, as Excel writes them. */
function sheetOf(count: number): { readonly sheet: string; readonly strings: string } {
  const shared = new Map<string, number>();
  const rows: string[] = [];
  const add = (number: number, cells: readonly (string | number)[]): void => {
    const told = cells.map((cell, column) => {
      const place = `${String.fromCharCode(65 + column)}${number}`;
      if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
      const index = shared.get(cell) ?? shared.size;
      shared.set(cell, index);
      return `<c r="${place}" s="1" t="s"><v>${index}</v></c>`;
    });
    rows.push(`<row r="${number}" spans="1:13">${told.join('')}</row>`);
  };
  add(1, HEADER);
  for (const made of each(count)) add(made.number + 1, rowOf(made));
  const texts = [...shared.keys()].map((text) => `<si><t>${escaped(text)}</t></si>`);
  return {
    sheet: `${XML}<worksheet xmlns="${MAIN}"><dimension ref="A1:M${count + 1}"/><sheetData>${rows.join('')}</sheetData></worksheet>`,
    strings: `${XML}<sst xmlns="${MAIN}" uniqueCount="${shared.size}">${texts.join('')}</sst>`,
  };
}

function xlsx(count: number): Uint8Array {
  const { sheet, strings } = sheetOf(count);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const override = (part: string, kind: string) =>
    `<Override PartName="/xl/${part}.xml" ContentType="${type}.${kind}+xml"/>`;
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
  const relations = (...all: readonly string[]) =>
    strToU8(`${XML}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`);
  return zipSync({
    '[Content_Types].xml': strToU8(
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('workbook', 'sheet.main')}${override('worksheets/sheet1', 'worksheet')}${override('sharedStrings', 'sharedStrings')}${override('styles', 'styles')}</Types>`,
    ),
    '_rels/.rels': relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/_rels/workbook.xml.rels': relations(
      relation('rId1', 'worksheet', 'worksheets/sheet1.xml'),
      relation('rId2', 'sharedStrings', 'sharedStrings.xml'),
      relation('rId3', 'styles', 'styles.xml'),
    ),
    'xl/workbook.xml': strToU8(
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Câu hỏi" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/styles.xml': strToU8(
      `${XML}<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf applyAlignment="1"><alignment wrapText="1"/></xf></cellXfs></styleSheet>`,
    ),
    'xl/sharedStrings.xml': strToU8(strings),
    'xl/worksheets/sheet1.xml': strToU8(sheet),
  });
}

/** As Excel saves it in Vietnam: ";" and a byte order mark. */
function csv(count: number): Uint8Array {
  const quoted = (cell: string | number) =>
    typeof cell === 'string' && /[;"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : String(cell);
  const lines = [HEADER, ...[...each(count)].map(rowOf)].map((row) => row.map(quoted).join(';'));
  return strToU8(`\ufeff${lines.join('\r\n')}\r\n`);
}

/** Options on two lines by tabs, the right label underlined, as papers are typed. */
function docx(count: number): Uint8Array {
  const run = (text: string, look = '') =>
    `<w:r w:rsidRPr="00A14B2C"><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>${look}<w:sz w:val="26"/></w:rPr><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
  const tab = '<w:r><w:tab/></w:r>';
  const paragraph = (...runs: readonly string[]) =>
    `<w:p w:rsidR="00A14B2C" w:rsidRDefault="00A14B2C"><w:pPr><w:tabs><w:tab w:val="left" w:pos="5400"/></w:tabs><w:spacing w:before="60" w:line="276" w:lineRule="auto"/><w:jc w:val="both"/></w:pPr>${runs.join('')}</w:p>`;
  const option = ({ options, right }: Made, i: number) =>
    run(letter(i), i === right ? '<w:b/><w:u w:val="single"/>' : '<w:b/>') + run(`. ${options[i]}`);
  const body = [...each(count)].map((made) =>
    [
      paragraph(run(`Câu ${made.number}. `, '<w:b/>'), run(made.stem.slice(0, 30)), run(made.stem.slice(30))),
      paragraph(option(made, 0), tab, option(made, 1)),
      paragraph(option(made, 2), tab, option(made, 3)),
      paragraph(run(`Căn cứ: ${made.citation}`)),
    ].join(''),
  );
  return zipSync({
    '[Content_Types].xml': strToU8(
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    ),
    '_rels/.rels': strToU8(
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    ),
    'word/document.xml': strToU8(
      `${XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body.join('')}<w:sectPr/></w:body></w:document>`,
    ),
  });
}

/** One right option mostly; every fifth a number, words, true or false, or pairs. */
function gift(count: number): Uint8Array {
  const body = ({ number, options, right, explanation }: Made): string => {
    if (number % 5 === 1) return `{#${number}:1}`;
    if (number % 25 === 2) return '{TRUE}';
    if (number % 25 === 7) return `{=${options[0]} =%50%${options[1]}}`;
    if (number % 25 === 12) return `{\n${options.map((text, i) => `=${text} -> ${letter(i)}`).join('\n')}\n}`;
    const lines = options.map((text, i) => `\t${i === right ? '=' : '~'}${text}`);
    return `{\n${lines.join('\n')}\n\t####${explanation}\n}`;
  };
  const blocks = [...each(count)].map(
    (made) => `// question: ${made.number}  name: ${made.code}\n::${made.code}::${made.stem}${body(made)}`,
  );
  return strToU8(`$CATEGORY: $course$/top/Nghị quyết\n\n${blocks.join('\n\n')}\n`);
}

/** As Moodle 4 exports it. */
function moodleXml(count: number): Uint8Array {
  const html = (text: string) => `<text><![CDATA[<p dir="ltr">${text}</p>]]></text>`;
  const empty = '<text></text>';
  const blocks = [...each(count)].map(({ code, stem, options, right, explanation }) =>
    [
      `  <question type="multichoice">\n    <name>\n      <text>${code}</text>\n    </name>`,
      `    <questiontext format="html">\n      ${html(stem)}\n    </questiontext>`,
      `    <generalfeedback format="html">\n      ${html(explanation)}\n    </generalfeedback>`,
      `    <defaultgrade>1.0000000</defaultgrade>\n    <penalty>0.3333333</penalty>\n    <hidden>0</hidden>\n    <idnumber>${code}</idnumber>`,
      '    <single>true</single>\n    <shuffleanswers>true</shuffleanswers>\n    <answernumbering>ABCD</answernumbering>',
      `    <correctfeedback format="html">\n      <text>Câu trả lời của bạn đúng.</text>\n    </correctfeedback>`,
      ...options.map(
        (text, i) =>
          `    <answer fraction="${i === right ? 100 : 0}" format="html">\n      ${html(text)}\n      <feedback format="html">\n        ${empty}\n      </feedback>\n    </answer>`,
      ),
      '  </question>',
    ].join('\n'),
  );
  return strToU8(`<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${blocks.join('\n')}\n</quiz>\n`);
}

/** What is measured, in this order; `share` of the whole size. */
export function questionFiles(share: number): readonly QuestionFile[] {
  const file = (format: string, whole: number, ending: string, make: (count: number) => Uint8Array) => {
    const questions = Math.ceil(whole * share);
    return { format, name: `ngan-hang.${ending}`, questions, bytes: () => make(questions) };
  };
  return [
    file('xlsx', 50_000, 'xlsx', xlsx),
    file('csv', 50_000, 'csv', csv),
    file('docx', 5000, 'docx', docx),
    file('gift', 20_000, 'gift', gift),
    file('moodle-xml', 20_000, 'xml', moodleXml),
  ];
}
