import { describe, expect, it } from 'vitest';
import { readMoodleXml } from '../../../../questions/formats/moodle-xml/read.ts';
import { bytesOf, codesOf, countsOf, faultsOf } from '../balance.ts';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

function read(text: string) {
  const reading = readMoodleXml(bytesOf(text));
  expect(faultsOf(reading)).toEqual([]);
  return reading;
}

function quiz(...questions: string[]) {
  return read(`<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${questions.join('\n')}\n</quiz>`);
}

function question(type: string, stem: string, rest: string): string {
  return `<question type="${type}"><name><text>t</text></name><questiontext format="html"><text><![CDATA[${stem}]]></text></questiontext>${rest}</question>`;
}

function answer(fraction: number | string, text: string, rest = ''): string {
  return `<answer fraction="${fraction}"><text>${text}</text>${rest}</answer>`;
}

const TF = question('truefalse', '<p>Đúng?</p>', answer(100, 'true') + answer(0, 'false'));

describe('reading Moodle XML', () => {
  it('reads topics, ids, tags, points and explanations', () => {
    const reading = quiz(
      '<question type="category"><category><text>$course$/top/Luật/Chương 1</text></category></question>',
      question(
        'truefalse',
        '<p>Đúng?</p>',
        `${answer(100, 'true')}${answer(0, 'false')}<generalfeedback format="html"><text>&lt;p&gt;Vì thế.&lt;/p&gt;</text></generalfeedback><defaultgrade>0.5000000</defaultgrade><idnumber>L-01</idnumber><tags><tag><text>a</text></tag><tag><text>Mức độ: vận dụng</text></tag></tags>`,
      ),
    );
    expect(countsOf(reading)).toEqual({ ignored: 1, trueFalse: 1 });
    expect(reading.blocks[1]).toMatchObject({
      outcome: 'imported',
      place: { line: 4 },
      draft: {
        code: 'L-01',
        topic: 'Luật / Chương 1',
        explanation: 'Vì thế.',
        points: 50,
        tags: ['a'],
        difficulty: 3,
        prompt: { stem: 'Đúng?' },
        key: { right: true },
      },
    });
  });

  it('reads several right options by their fractions', () => {
    const reading = quiz(
      question(
        'multichoice',
        'Q',
        `<single>false</single>${answer(50, 'a')}${answer(-50, 'b')}${answer(50, 'c')}`,
      ),
      question(
        'multichoice',
        'Q',
        `<single>true</single>${answer(100, 'a')}${answer(33.33333, 'b')}${answer(0, 'c')}`,
      ),
      question(
        'multichoice',
        'Q',
        `<single>0</single>${answer(0.5, 'a')}${answer(0.5, 'b')}${answer(0, 'c')}`,
      ),
      question('multichoice', 'Q', `<single>1</single>${answer(0, 'a')}${answer(0, 'b')}`),
    );
    expect(reading.blocks.slice(0, 3).map(({ draft }) => draft?.key)).toMatchObject([
      { scoring: 'share', right: [0, 2] },
      { scoring: 'weights', weights: [1, 0.3333333, 0] },
      { scoring: 'weights', weights: [0.5, 0.5, 0] },
    ]);
    expect(reading.blocks[3]).toMatchObject({ outcome: 'warned', draft: { key: null } });
  });

  it('reads files of older programs', () => {
    const reading = read(
      `<quiz><question type="shortanswer"><name>cũ</name><questiontext>Thủ đô?</questiontext><usecase>1</usecase><answer fraction="100">Hà Nội</answer></question>
      <question type="category"><category>Cũ/Hai</category></question>
      <question type="multichoice"><questiontext format="moodle_auto_format"><text>Dòng một\nDòng hai</text></questiontext>${answer(1, 'a')}${answer(0, 'b')}</question></quiz>`,
    );
    expect(reading.blocks[0]?.draft).toMatchObject({
      title: 'cũ',
      prompt: { stem: 'Thủ đô?' },
      key: { accept: ['Hà Nội'], case: true },
    });
    expect(reading.blocks[2]?.draft).toMatchObject({
      topic: 'Cũ / Hai',
      prompt: { stem: 'Dòng một\nDòng hai' },
      key: { right: [0], scoring: 'allOrNothing' },
    });
  });

  it('takes pictures out of files and data addresses, and says which ones are missing or outside', () => {
    const reading = quiz(
      `<question type="description"><questiontext format="html"><text><![CDATA[<p><img src="@@PLUGINFILE@@/th%C6%B0%20m%E1%BB%A5c/a.png" alt="hình"><img src="data:image/png;base64,${PNG}"></p>]]></text><file name="a.png" path="/thư mục/" encoding="base64">${PNG}</file></questiontext></question>`,
      question(
        'description',
        '<img src="@@PLUGINFILE@@/mất.png" alt="mất"><img src="https://example.org/x.png">',
        '',
      ),
    );
    expect(reading.media.size).toBe(1);
    const [sha] = reading.media.keys();
    expect(reading.blocks[0]?.draft?.prompt.stem).toBe(`![hình](media:${sha})![](media:${sha})`);
    expect(codesOf(reading)).toEqual(['image-missing', 'image-remote']);
    expect(reading.blocks[1]?.raw).toContain('mất.png');
  });

  it('reads embedded answers of every kind', () => {
    const [block] = quiz(
      question(
        'cloze',
        '<p>Một {1:MULTICHOICE:=đúng~sai#chưa~%50%gần} hai {2:SHORTANSWER_C:=Hà Nội~%50%HN} ba {1:NM:=3,5:0.5~=4} bốn {:MCV:a~=b \\} c}</p>',
        '',
      ),
    ).blocks;
    expect(block).toMatchObject({
      outcome: 'imported',
      draft: {
        kind: 'cloze',
        prompt: {
          stem: 'Một {{1}} hai {{2}} ba {{3}} bốn {{4}}',
          gaps: [
            { kind: 'choice', options: ['đúng', 'sai', 'gần'] },
            { kind: 'text' },
            { kind: 'number', unit: '' },
            { kind: 'choice', options: ['a', 'b } c'] },
          ],
        },
        key: {
          gaps: [
            { right: [0, 2], weights: [1, 0, 0.5], feedback: ['', 'chưa', ''] },
            { accept: ['Hà Nội', 'HN'], weights: [1, 0.5], case: true },
            {
              accept: [
                { value: 3.5, tolerance: 0.5 },
                { value: 4, tolerance: 0 },
              ],
            },
            { right: [1] },
          ],
          weights: [1, 2, 1, 1],
        },
      },
    });
  });

  it('reads gaps to select from and to drag into', () => {
    const option = (text: string, group: number) =>
      `<selectoption><text>${text}</text><group>${group}</group></selectoption>`;
    const [block] = quiz(
      question(
        'gapselect',
        'A [[1]] B [[3]]',
        option('một', 1) + option('hai', 1) + option('ba', 2) + option('bốn', 2),
      ),
    ).blocks;
    expect(block?.draft).toMatchObject({
      kind: 'cloze',
      prompt: { stem: 'A {{1}} B {{2}}', gaps: [{ options: ['một', 'hai'] }, { options: ['ba', 'bốn'] }] },
      key: { gaps: [{ right: [0] }, { right: [0] }] },
    });
  });

  it('reads orderings by their places, and essays with a rubric', () => {
    const reading = quiz(
      question(
        'ordering',
        'Xếp',
        `<gradingtype>RELATIVE_NEXT_EXCLUDE_LAST</gradingtype>${answer('2.0', 'hai')}${answer('1.0', 'một')}`,
      ),
      question(
        'essay',
        'Viết',
        '<maxwordlimit>300</maxwordlimit><graderinfo format="html"><text><![CDATA[<p>0,5 điểm: Mở bài</p><p>1 điểm: Thân bài</p>]]></text></graderinfo>',
      ),
    );
    expect(reading.blocks.map(({ draft }) => draft)).toMatchObject([
      { kind: 'ordering', prompt: { items: ['một', 'hai'] }, key: { order: [0, 1], scoring: 'adjacent' } },
      {
        kind: 'essay',
        prompt: { maxWords: 300 },
        key: {
          rubric: [
            { text: 'Mở bài', points: 50 },
            { text: 'Thân bài', points: 100 },
          ],
        },
      },
    ]);
  });

  it('reads the plug-ins for statements, and the picture of old files', () => {
    const row = (number: number, text: string, right: number) =>
      `<row number="${number}"><rowtext format="html"><text>${text}</text></rowtext></row><weight rownumber="${number}" columnnumber="1"><value>${right === 1 ? '1.000' : '0.000'}</value></weight><weight rownumber="${number}" columnnumber="2"><value>${right === 2 ? '1.000' : '0.000'}</value></weight>`;
    const columns = ['True', 'False']
      .map(
        (word, i) => `<column number="${i + 1}"><responsetext><text>${word}</text></responsetext></column>`,
      )
      .join('');
    const reading = quiz(
      question(
        'kprime',
        'Xét',
        `<scoringmethod><text>subpoints</text></scoringmethod>${columns}${row(1, 'a', 1)}${row(2, 'b', 2)}${row(3, 'c', 2)}${row(4, 'd', 1)}`,
      ),
      question(
        'truefalse',
        'Xem',
        `<image>a.png</image><image_base64>${PNG}</image_base64>${answer(100, 'true')}`,
      ),
    );
    expect(codesOf(reading)).toEqual([]);
    expect(reading.blocks.map(({ draft }) => draft)).toMatchObject([
      {
        kind: 'statements',
        prompt: { statements: ['a', 'b', 'c', 'd'] },
        key: { truths: [true, false, false, true], scores: [0, 0.25, 0.5, 0.75, 1] },
      },
      { prompt: { rich: true, stem: `Xem\n\n![](media:${[...reading.media.keys()][0]})` } },
    ]);
  });

  it('keeps what it has no kind for in quarantine', () => {
    const reading = quiz(question('calculated', 'x', ''), TF);
    expect(reading.blocks.map(({ outcome }) => outcome)).toEqual(['quarantined', 'imported']);
    expect(codesOf(reading)).toEqual(['kind-unknown']);
  });

  it('skips a DOCTYPE and never resolves an entity', () => {
    const reading = read(
      `<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "yyyyyyyy">]><quiz>${question('truefalse', 'Q', '').replace('<![CDATA[Q]]>', 'A&nbsp;B &x; &y;')}</quiz>`,
    );
    expect(reading.failure).toBeNull();
    expect(reading.blocks[0]?.draft?.prompt.stem).toBe('A B &x; &y;');
    expect(codesOf(reading)).toEqual(['key-missing', 'xml-entity']);
  });

  it('forgives a blank line before the declaration', () => {
    const reading = read(`\n <?xml version="1.0"?>\n<quiz>${TF}</quiz>`);
    expect(reading.failure).toBeNull();
    expect(reading.blocks[0]).toMatchObject({ outcome: 'imported', place: { line: 3 } });
  });

  it('says line and column where a file is cut off, and keeps what came before', () => {
    const reading = read(`<quiz>\n${TF}\n${TF.slice(0, 60)}`);
    expect(reading.failure).toMatchObject({ code: 'xml-broken', place: { line: 3, column: 61 } });
    expect(countsOf(reading)).toEqual({ trueFalse: 1, quarantined: 1 });
    expect(read('<quiz>').failure).toMatchObject({ code: 'xml-broken' });
  });

  it('says where tags do not match, and goes on with the next question', () => {
    const broken = TF.replace('</questiontext>', '</question_text>');
    const reading = read(`<quiz>\n${TF}\n${broken}\n${TF}\n${broken}\n${TF}\n</quiz>`);
    expect(reading.failure).toMatchObject({ code: 'xml-broken', place: { line: 3 } });
    expect(reading.blocks.map(({ outcome, place }) => [outcome, place])).toEqual([
      ['imported', { line: 2 }],
      ['quarantined', { line: 3 }],
      ['imported', { line: 4 }],
      ['quarantined', { line: 5 }],
      ['imported', { line: 6 }],
    ]);
  });

  it('refuses other XML and empty files by name', () => {
    expect(read('<html><body>x</body></html>').failure).toMatchObject({ code: 'moodle-no-quiz' });
    expect(read('<quiz></quiz>').failure).toMatchObject({ code: 'nothing-found' });
    expect(read('').failure).not.toBeNull();
  });
});
