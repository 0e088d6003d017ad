/** Every error code that can leave the server, with its status and what people read. Codes never change their meaning. */
import Type, { type Static } from 'typebox';

/** Text for people in both languages of the product. */
export const Bilingual = Type.Object({ vi: Type.String(), en: Type.String() });
export type Bilingual = Static<typeof Bilingual>;

/** code → [HTTP status, Vietnamese, English]. */
export const errorCodes = {
  'request.invalid': [400, 'Dữ liệu gửi lên chưa đúng.', 'The request is not valid.'],
  'request.tooLarge': [413, 'Dữ liệu gửi lên quá lớn.', 'The request is too large.'],
  'request.type': [415, 'Chỉ nhận dữ liệu JSON.', 'Only JSON is accepted.'],
  'request.origin': [
    403,
    'Yêu cầu đến từ trang khác nên bị từ chối.',
    'Requests from other sites are refused.',
  ],
  'request.tooMany': [
    429,
    'Bạn thao tác quá nhanh. Xin chờ một chút.',
    'Too many requests. Please wait a moment.',
  ],
  'auth.required': [401, 'Bạn cần đăng nhập.', 'Please sign in.'],
  'auth.forbidden': [403, 'Bạn không có quyền làm việc này.', 'You may not do this.'],
  'auth.failed': [401, 'Tên đăng nhập hoặc mật khẩu không đúng.', 'Wrong name or password.'],
  'auth.secondFactor': [401, 'Cần mã xác thực sáu số.', 'The six-digit code is needed.'],
  'auth.secondFactorNeeded': [
    403,
    'Tài khoản có quyền quản lý phải bật xác thực hai lớp.',
    'Staff accounts must turn on two-factor sign-in.',
  ],
  'auth.wait': [
    429,
    'Đang có nhiều người đăng nhập. Xin chờ đến lượt.',
    'Many people are signing in. Please wait for your turn.',
  ],
  'auth.proofNeeded': [
    409,
    'Đang có rất nhiều người đăng ký. Máy của bạn cần làm một phép tính nhỏ, xin chờ một chút.',
    'Very many people are registering. Your device has a small sum to do; please wait a moment.',
  ],
  'auth.wrongPassword': [403, 'Mật khẩu không đúng.', 'The password is wrong.'],
  'auth.wrongCode': [
    403,
    'Mã không đúng, đã dùng hoặc đã hết hạn.',
    'The code is wrong, was used already, or has expired.',
  ],
  'roles.lastAdmin': [
    409,
    'Đây là quản trị viên cuối cùng nên không thể bỏ.',
    'This is the last admin and cannot be removed.',
  ],
  'units.loop': [409, 'Không thể đặt đơn vị vào bên dưới chính nó.', 'A unit cannot be placed below itself.'],
  notFound: [404, 'Không tìm thấy.', 'Not found.'],
  conflict: [
    409,
    'Dữ liệu vừa được người khác thay đổi. Xin tải lại.',
    'Somebody changed this meanwhile. Please reload.',
  ],
  'banks.ownApproval': [
    403,
    'Người soạn không tự duyệt câu của mình. Xin nhờ người thẩm định khác.',
    'Nobody approves what they wrote. Please ask another reviewer.',
  ],
  'banks.pictureUsed': [
    409,
    'Còn câu hỏi dùng ảnh này. Hãy thay ảnh hoặc sửa câu hỏi trước.',
    'Questions still show this picture. Replace it, or change them first.',
  ],
  'banks.inRound': [
    409,
    'Còn vòng thi chưa chốt lấy câu hỏi từ ngân hàng này. Mở luyện tập sẽ lộ đáp án, xin đợi vòng thi chốt.',
    'A round that is not settled draws from this bank. Practice would show its keys: please wait for the round.',
  ],
  'banks.lastOwner': [
    409,
    'Ngân hàng có người riêng thì phải có ít nhất một chủ ngân hàng.',
    'A bank with people of its own keeps at least one owner.',
  ],
  'imports.nothing': [
    409,
    'Tệp không có gì mới để đưa vào ngân hàng.',
    'The file has nothing new for the bank.',
  ],
  'imports.changed': [
    409,
    'Ngân hàng vừa thay đổi nên chưa ghi gì. Xin đọc lại tệp rồi thử lại.',
    'The bank changed meanwhile, so nothing was written. Please read the file again.',
  ],
  'imports.used': [
    409,
    'Câu hỏi của lần nhập này đã được sửa, giữ chỗ hoặc đưa vào đề nên không hoàn tác được.',
    'Questions of this import were edited, set aside or asked, so it cannot be undone.',
  ],
  'documents.notEnded': [
    409,
    'Văn bản này đang còn hiệu lực và chưa bị thay thế.',
    'This document holds and was not replaced.',
  ],
  'documents.unreadable': [
    409,
    'Văn bản quá nặng hoặc không đọc được. Xin chia thành nhiều phần.',
    'The text is too heavy or cannot be read. Please split it.',
  ],
  taken: [409, 'Tên này đã có người dùng.', 'This name is already taken.'],
  busy: [
    503,
    'Máy chủ đang bận. Câu trả lời của bạn vẫn được giữ trên máy, sẽ gửi lại sau giây lát.',
    'The server is busy. Your answers are kept on this device and will be sent again shortly.',
  ],
  unavailable: [
    503,
    'Máy chủ tạm thời chưa ghi được dữ liệu. Xin thử lại.',
    'The server cannot store data right now. Please try again.',
  ],
  internal: [
    500,
    'Có lỗi ở máy chủ. Chúng tôi đã ghi nhận.',
    'Something failed on the server. It has been logged.',
  ],
  'attempt.notOpen': [409, 'Lượt thi đã kết thúc.', 'This attempt is closed.'],
  'attempt.late': [409, 'Đã hết giờ làm bài.', 'Time is up.'],
  'attempt.takenOver': [
    409,
    'Lượt thi đang được làm ở thiết bị khác.',
    'This attempt is open on another device.',
  ],
  'attempt.token': [
    401,
    'Phiên làm bài không hợp lệ. Xin mở lại bài thi.',
    'The attempt token is not valid. Please open the attempt again.',
  ],
  'round.notOver': [
    409,
    'Số liệu câu hỏi cho biết đáp án, nên chỉ xem được khi vòng thi đã đóng.',
    'Question figures tell the keys, so they can be seen once the round has closed.',
  ],
  'round.notOpen': [409, 'Vòng thi chưa mở hoặc đã đóng.', 'The round is not open.'],
  'round.noAttemptsLeft': [409, 'Bạn đã dùng hết số lượt thi.', 'You have used all your attempts.'],
  'round.notEligible': [
    403,
    'Bạn không thuộc đối tượng của vòng thi này.',
    'You are not eligible for this round.',
  ],
  'round.wrongCode': [403, 'Mã vào thi không đúng.', 'The entry code is wrong.'],
  'round.entryNeeded': [409, 'Bạn cần đăng ký dự thi trước.', 'Please enter the contest first.'],
  'duplicates.inProgress': [
    409,
    'Một trong hai người đang làm bài. Xin gộp sau khi họ nộp bài.',
    'One of them is at work just now. Please merge them once they have handed in.',
  ],
  'household.notEmpty': [
    409,
    'Còn người trong nhà dùng chung số điện thoại này. Xin xóa dữ liệu của từng người trước.',
    'Others of the family still share this phone. Please erase their data first.',
  ],
  'entry.merged': [
    409,
    'Ban tổ chức đã gộp đăng ký này vào một đăng ký khác của bạn. Xin đăng nhập bằng đăng ký kia để thi tiếp, hoặc liên hệ ban tổ chức.',
    'The organisers merged this entry into another one of yours. Please go on with that one, or ask them.',
  ],
  'round.cannotFill': [
    409,
    'Ngân hàng câu hỏi không đủ để ra đề theo ma trận.',
    'The banks cannot fill this blueprint.',
  ],
  'contest.publicKeys': [
    409,
    'Vòng thi lấy câu hỏi từ ngân hàng mà ai cũng đọc được đáp án. Cần xác nhận đã hiểu điều đó trước.',
    'A round draws from a bank whose keys anybody can read. Confirm first that you understand this.',
  ],
  'contest.fixed': [
    409,
    'Vòng thi đã mở nên không thể thay đổi mục này.',
    'The round has opened, so this can no longer be changed.',
  ],
  'media.unreadable': [
    400,
    'Không đọc được ảnh: tệp bị hỏng, bị cắt ngang hoặc không phải ảnh PNG, JPEG, WebP. Xin chọn ảnh khác.',
    'The picture cannot be read: the file is broken, cut off, or no PNG, JPEG or WebP. Please choose another one.',
  ],
  'media.tooManyPixels': [
    400,
    'Ảnh có quá nhiều điểm ảnh (tối đa 25 triệu). Xin thu nhỏ ảnh.',
    'The picture has too many pixels (at most 25 million). Please make it smaller.',
  ],
  'certificates.unreadable': [
    409,
    'Không vẽ được mẫu này: ảnh bị hỏng hoặc không đọc được. Xin chọn ảnh khác.',
    'This design cannot be drawn: a picture is broken. Please choose another one.',
  ],
  'closing.notYet': [
    409,
    'Chưa công bố được ở bước này: vòng thi chưa chốt, hoặc còn chờ kết quả dự đoán hay các vòng khác.',
    'This cannot be declared yet: the round is not settled, or a prediction or other rounds are waited for.',
  ],
  'closing.extraSaid': [
    409,
    'Phần bổ sung cho bốc thăm đã được nêu ở lần bốc thăm đầu tiên và không đổi được nữa.',
    'What is added to the draw was said at its first drawing and cannot be changed.',
  ],
  'marking.done': [
    409,
    'Bài này đã chấm xong nên không thay đổi được nữa.',
    'This answer is marked and can no longer be changed.',
  ],
  'result.notReleased': [
    403,
    'Kết quả hoặc đáp án chưa được công bố.',
    'The result or the key has not been released yet.',
  ],
  'remedy.notBegun': [
    409,
    'Vòng thi chưa mở nên chưa có gì để khắc phục.',
    'The round has not opened, so there is nothing to put right.',
  ],
  'remedy.liveRound': [
    409,
    'Vòng này được thi trực tiếp: hãy hủy câu trong phiên trực tiếp.',
    'This round was played live: void the question in the live session.',
  ],
  'remedy.fixed': [
    409,
    'Kết quả đã công bố chính thức hoặc đã hoàn tác, nên không hoàn tác được nữa.',
    'Results are official, or this was reversed already, so it cannot be reversed.',
  ],
  'report.tooMany': [
    429,
    'Bạn đã báo lỗi nhiều câu. Ban tổ chức đang xem, xin chờ trả lời.',
    'You have reported many questions. The organisers are looking; please wait for their answer.',
  ],
  'live.notOpen': [409, 'Phiên chưa mở hoặc đã kết thúc.', 'This session is not open.'],
  'live.opened': [
    409,
    'Phiên đã mở nên không thể thay đổi thiết lập.',
    'The session has opened, so its settings can no longer be changed.',
  ],
  'live.cannotOpen': [409, 'Phiên còn chỗ chưa đúng nên chưa mở được.', 'The session cannot open yet.'],
  'live.closed': [409, 'Đã hết giờ trả lời câu này.', 'Time is up for this question.'],
  'live.early': [409, 'Chưa đến lúc trả lời.', 'It is too early to answer.'],
  'live.paused': [409, 'Phần thi đang tạm dừng.', 'Play is paused.'],
  'live.out': [409, 'Bạn đang theo dõi, không trả lời câu này.', 'You are watching this question.'],
  'live.locked': [409, 'Phòng đã khóa, không nhận thêm người.', 'The room is locked.'],
  'live.started': [
    409,
    'Phần thi đã bắt đầu, không nhận thêm người.',
    'Play has started; nobody can join now.',
  ],
  'live.full': [409, 'Phòng đã đủ người.', 'The room is full.'],
  'live.nameTaken': [
    409,
    'Tên này đã có người dùng. Xin chọn tên khác.',
    'Somebody has this name. Please choose another.',
  ],
  'live.nameUnfit': [
    409,
    'Tên này không phù hợp hoặc dài quá 40 chữ cái. Xin chọn tên khác.',
    'This name is not fit, or longer than 40 letters. Please choose another.',
  ],
  'live.notOnRoster': [409, 'Không có tên này trong danh sách.', 'This name is not on the list.'],
  'live.keptOut': [403, 'Bạn đã được mời ra khỏi phòng.', 'You were taken out of this room.'],
  'live.proofNeeded': [
    409,
    'Cần xác nhận thiết bị. Xin thử lại.',
    'This device must prove itself. Please try again.',
  ],
  'live.token': [401, 'Bạn cần vào phòng lại bằng mã.', 'Please join again with the PIN.'],
  'live.notInControl': [409, 'Người khác đang điều khiển phiên này.', 'Somebody else is in control.'],
  'live.stale': [
    409,
    'Phiên vừa chuyển bước. Xin xem lại rồi thao tác.',
    'The session has just moved on. Please look again.',
  ],
  'live.notNow': [409, 'Chưa làm được việc này lúc này.', 'This cannot be done now.'],
} as const satisfies Record<string, readonly [number, string, string]>;

export type ErrorCode = keyof typeof errorCodes;

/** One thing wrong at one place of a request. */
export const FieldError = Type.Object({ path: Type.String(), vi: Type.String(), en: Type.String() });
export type FieldError = Static<typeof FieldError>;

/** RFC 9457 problem details, with our stable `code` and both languages. */
export const ProblemReply = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    messages: Bilingual,
    errors: Type.Optional(Type.Array(FieldError)),
    requestId: Type.Optional(Type.String()),
    /** Facts that a client can act on, e.g. place in a queue, the newest version. */
    facts: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
    ),
  },
  { $id: 'Problem' },
);
export type ProblemReply = Static<typeof ProblemReply>;
