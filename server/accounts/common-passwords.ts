/** The commonest passwords of eight characters and more, in Vietnam and elsewhere; lower case. Shorter ones are refused by length. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `12345678 123456789 1234567890 12345678910 0123456789 012345678 87654321 987654321 9876543210 0987654321 123123123
  1234512345 12341234 11223344 1122334455 112233445566 123321123 1234554321 123456123456 147258369 159357456 741852963
  789456123 963852741 123654789 147852369 98765432 01234567 13579246 102030405060 10203040 19001570 20192020 20202021
  20212022 20222023 20232024 20242025 20252026 01011990 01012000 02091945 30041975 19051890 07051954 10101954
  password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword p@ssw0rd123 password! password@123
  qwertyui qwerty12 qwerty123 qwerty1234 qwertyuiop qwerty123456 1q2w3e4r 1q2w3e4r5t 1qaz2wsx zaq12wsx q1w2e3r4 qazwsxedc
  asdfghjkl asdf1234 zxcvbnm123 zxcvbnm, abcd1234 abc12345 abc123456 abc123abc abcdefgh abcdef123 a1234567 a12345678
  a123456789 aa123456 aa12345678 aa123123 abc@1234 abc@12345 abcd@1234 admin123 admin1234 admin@123 admin12345 administrator
  iloveyou iloveyou1 iloveyou2 iloveyou123 loveyou123 sunshine princess football baseball superman starwars
  trustno1 whatever welcome1 welcome123 letmein1 letmein123 computer internet samsung1 samsung123 liverpool chelsea1
  manchester barcelona changeme changeme123 default123 test1234 test12345 testtest user1234 guest123 master123
  matkhau1 matkhau12 matkhau123 matkhau1234 matkhau@123 matkhau12345 matkhaumoi khongbiet khongcopass
  khongcogi khongco123 quenmatkhau motconvit anhyeuem anhyeuem1 anhyeuem123 emyeuanh emyeuanh123 yeuemnhieu yeuanhnhieu
  yeuem123 yeuanh123 yeuemmaimai maiyeuem maimaiyeu maimaiyeuem tinhyeu123 tinhyeuoi toiyeuem toiyeuban giadinh123
  giadinhtoi conyeume conyeubame bomeyeucon vietnam1 vietnam123 vietnam2025 vietnamvodich toiyeuvietnam toiyeuhanoi
  hanoi123 hanoi1010 hanoi2025 saigon123 danang123 thanglong thanglong1010 nguyenvana nguyen123 hochiminh tphcm123
  congan113 dangbo123 dangvien hoithi123 hoithi2025 cuocthi123 nhatrang camonban
  xinchao123 xinchaoban chaoban123 deptrai123 depgai123 dangcap123`.split(/\s+/),
);
