/** What is said about questions in Word documents. */
import type { Saying } from './message.ts';

export const wordSayings = {
  preamble: {
    code: 'word-preamble',
    vi: 'Phần đầu tệp, trước câu hỏi đầu tiên.',
    en: 'The head of the file, before the first question.',
  },
  part: {
    code: 'word-part',
    vi: 'Tiêu đề phần của đề.',
    en: 'The heading of a part.',
  },
  topic: (title: string): Saying => ({
    code: 'word-topic',
    vi: `Tiêu đề; các câu bên dưới được xếp vào chủ đề "${title}".`,
    en: `A heading; the questions below it got the topic "${title}".`,
  }),
  level: (name: string): Saying => ({
    code: 'word-level',
    vi: `Tiêu đề; các câu bên dưới có mức độ "${name}".`,
    en: `A heading; the questions below it have the difficulty "${name}".`,
  }),
  versions: (versions: string, own: string | null): Saying => ({
    code: 'word-versions',
    vi: `Bảng đáp án của các mã đề ${versions}, ${own === null ? 'còn đề này không ghi mã' : `không có mã đề ${own}`}. Hãy ghi "Mã đề …" ở đầu đề hoặc bỏ các cột khác.`,
    en: `Answers of the versions ${versions}, ${own === null ? 'but this paper names none' : `without version ${own}`}. Write "Mã đề …" at the head of the paper or remove the others.`,
  }),
  noise: {
    code: 'word-noise',
    vi: 'Dòng không phải là câu hỏi (hết, ghi chú coi thi…).',
    en: 'A line that is no question (the end, notes for invigilators …).',
  },
  answers: (used: number, all: number): Saying => ({
    code: 'word-answers',
    vi: `Bảng đáp án: dùng cho ${used} trong ${all} câu có trong bảng.`,
    en: `A table of answers: used for ${used} of the ${all} questions that it names.`,
  }),
  answersHeading: {
    code: 'word-answers-heading',
    vi: 'Tiêu đề phần đáp án.',
    en: 'The heading of the answers.',
  },
  numberedOptions: {
    code: 'word-numbered-options',
    vi: 'Các dòng 1, 2, 3… có thể là phương án: đáp án nêu một trong các dòng đó. Hãy đổi số thành chữ A., B., C. hoặc sửa dạng câu hỏi.',
    en: 'The lines 1, 2, 3 … may be options: the key names one of them. Change the numbers to A., B., C. or mend the kind.',
  },
  answersUnread: {
    code: 'word-answers-unread',
    vi: 'Dòng này có vẻ là đáp án nhưng chưa rõ của câu nào. Hãy viết như "1.A 2.B 3.C".',
    en: 'This line seems to hold answers, but not whose. Write them like "1.A 2.B 3.C".',
  },
  answersLeft: (numbers: string): Saying => ({
    code: 'word-answers-left',
    vi: `Bảng đáp án có câu ${numbers} nhưng không tìm thấy câu hỏi tương ứng.`,
    en: `The answers name ${numbers}, but there are no such questions.`,
  }),
  answersOnly: {
    code: 'word-answers-only',
    vi: 'Tệp chỉ có bảng đáp án. Hãy nhập tệp đề trước, rồi bấm "Thêm tệp đáp án" và chọn tệp này.',
    en: 'The file holds answers only. Import the paper first, then choose "Add a file of answers" and this file.',
  },
  noQuestions: {
    code: 'word-no-questions',
    vi: 'Không tìm thấy câu hỏi nào. Câu hỏi cần bắt đầu bằng "Câu 1.", "1." hoặc nằm trong bảng có dòng tiêu đề; phương án bằng "A.", "B.".',
    en: 'No question was found. Questions begin with "Câu 1." or "1.", or stand in a table with a heading; options with "A.", "B.".',
  },
  unlettered: {
    code: 'word-unlettered',
    vi: 'Các dòng có gạch hoặc dấu đầu dòng có thể là phương án; nếu đúng, hãy chuyển câu này sang dạng trắc nghiệm.',
    en: 'The lines with dashes or dots may be options; if so, make this question one of choice.',
  },
  bareLetters: {
    code: 'word-letters-bare',
    vi: 'Có các dòng bắt đầu bằng A, B nhưng sau chữ cái không có dấu chấm, nên chưa rõ là phương án hay lời văn; nếu là phương án, hãy viết "A.", "B.".',
    en: 'Lines begin with A and B without a dot behind the letter: they may be options or sentences. Write "A.", "B." if they are options.',
  },
  smallLetters: {
    code: 'word-small-letters',
    vi: 'Các ý a), b), c)… có một ý được đánh dấu: chưa rõ đó là đáp án của câu trắc nghiệm hay là nhận định đúng duy nhất của câu đúng/sai. Hãy chọn dạng câu và đáp án.',
    en: 'One of a), b), c) … is marked: it may be the key of a choice, or the only true statement. Choose the kind and the key.',
  },
  passage: (from: number, to: number): Saying => ({
    code: 'word-passage',
    vi: `Ngữ liệu chung, đã đưa vào các câu ${from}–${to}.`,
    en: `A text for several questions; it was put into questions ${from}–${to}.`,
  }),
  instruction: {
    code: 'word-instruction',
    vi: 'Lời dẫn chung, dùng cho các câu bên dưới không có nội dung riêng.',
    en: 'An instruction, used for the questions below that have no text of their own.',
  },
  unassigned: {
    code: 'word-unassigned',
    vi: 'Đoạn này chưa thuộc câu hỏi nào; hãy xem có phải là một phần của câu bên cạnh.',
    en: 'This passage belongs to no question yet; see whether it is a part of one beside it.',
  },
  solution: (number: number): Saying => ({
    code: 'word-solution',
    vi: `Lời giải của câu ${number}, đã đưa vào câu đó.`,
    en: `The solution of question ${number}; it was put into it.`,
  }),
  optionContinued: {
    code: 'word-option-continued',
    vi: 'Phương án cuối dài nhiều dòng; các dòng đã được nối lại.',
    en: 'The last option goes over several lines; they were joined.',
  },
  severalMarked: (letters: string): Saying => ({
    code: 'several-marked',
    vi: `Nhiều phương án được đánh dấu (${letters}); hãy chọn đáp án.`,
    en: `Several options are marked (${letters}); please choose the key.`,
  }),
  bracketKey: (letter: string): Saying => ({
    code: 'word-bracket-key',
    vi: `Đáp án nhận theo "(${letter})" ở cuối câu hỏi; hãy kiểm tra.`,
    en: `The key was told by "(${letter})" at the end of the question; please check.`,
  }),
  rareMark: (mark: string): Saying => ({
    code: 'rare-mark',
    vi: `Đáp án nhận theo ${mark}, khác với các câu còn lại; hãy kiểm tra.`,
    en: 'The key was told by a mark that other questions do not use; please check.',
  }),
  truthsUnmarked: {
    code: 'truths-unmarked',
    vi: 'Không nhận định nào được đánh dấu: có thể tất cả sai, cũng có thể chưa có đáp án.',
    en: 'No statement is marked: all may be false, or there may be no key.',
  },
  gaps: {
    code: 'word-gaps',
    vi: 'Đáp án gồm nhiều chỗ trống đánh số; hãy chuyển câu này sang dạng điền chỗ trống.',
    en: 'The key is for several numbered gaps; make this question one of gaps.',
  },
  pairs: {
    code: 'word-pairs',
    vi: 'Đáp án gồm các cặp; hãy chuyển câu này sang dạng ghép đôi.',
    en: 'The key is made of pairs; make this question one of matching.',
  },
  pairsUnclear: {
    code: 'word-pairs-unclear',
    vi: 'Câu ghép đôi nhưng không rõ hai cột: mỗi mục cần có số (1, 2, …) ở một cột và chữ (a, b, …) ở cột kia.',
    en: 'A matching question whose two columns are not clear: items need numbers in one and letters in the other.',
  },
  numbersGap: (number: number): Saying => ({
    code: 'numbers-gap',
    vi: `Không thấy câu ${number}.`,
    en: `Question ${number} was not found.`,
  }),
  legacyPaste: {
    code: 'paste-empty',
    vi: 'Không có nội dung nào trong phần đã dán.',
    en: 'There is nothing in what was pasted.',
  },
} as const;
