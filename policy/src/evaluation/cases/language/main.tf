variable "name" {
  type    = string
  default = "shop"
}

variable "sizes" {
  type = map(object({
    cpu  = number
    disk = optional(number, 20)
    tags = optional(map(string), {})
    kind = optional(string)
  }))
  default = {
    small = { cpu = "1" }
    large = { cpu = 4, disk = 100, tags = { a = 1 } }
  }
}

variable "names" {
  type    = set(string)
  default = ["b", "a", "b"]
}

variable "any_list" {
  type    = list(any)
  default = [1, "two", 3]
}

variable "from_file" {
  type    = number
  default = 1
}

locals {
  numbers = [1, 2, 3, 4]
  words   = ["delta", "alpha", "charlie"]
  nested  = [["a"], [["b"], "c"], []]
  people = {
    ann = { age = 30, admin = true }
    bob = { age = 20, admin = false }
  }
  text   = "Hello ${var.name}, $${not} %%{this}\t\"quoted\" \u00e9"
  hered  = <<EOT
line one
  line ${var.name}
EOT
  flush  = <<-EOT
    first
      second ${var.name}
    third

    %{for n in local.numbers~}
    n=${n}
    %{endfor~}
    %{if var.name == "shop"}yes%{else}no%{endif}
    last
  EOT
  trimmed = "a ${~ var.name ~} b"
}

resource "terraform_data" "basic" {
  input = {
    text     = local.text
    heredoc  = local.hered
    flush    = local.flush
    trimmed  = local.trimmed
    math     = 1 + 2 * 3 - 4 / 2
    modulo   = 7 % 3
    negative = -(3 - 5)
    fraction = 0.1 + 0.2
    logic    = !(true && false) || false
    compare  = 3 > 2 && 2 >= 2 && 1 < 2 && !(2 <= 1)
    equal    = "a" == "a" && 1 != 2
    cond     = var.name == "shop" ? "yes" : "no"
    index    = local.numbers[1]
    legacy   = local.words.0
    attr     = local.people["ann"].age
    splat    = values(local.people)[*].age
    oldsplat = values(local.people).*.admin
    single   = local.people.ann[*].age
    forlist  = [for n in local.numbers : n * 2 if n > 1]
    forkey   = [for k, v in local.people : "${k}-${v.age}"]
    formap   = { for k, v in local.people : upper(k) => v.admin }
    grouped  = { for k, v in local.people : v.admin ? "admins" : "users" => k... }
    foridx   = { for i, w in local.words : w => i }
    sizes    = var.sizes
    anylist  = var.any_list
    given    = var.from_file
    long     = (
      1 +
      2
    )
    "quoted key" = true
    (var.name)   = "computed key"
    nil          = null
    path         = path.module
    root         = path.root
    file         = file("${path.module}/greeting.tftpl")
    template     = templatefile("${path.module}/greeting.tftpl", { name = "Bob", items = ["x", "y"] })
  }
}

resource "terraform_data" "collections" {
  input = {
    merge       = merge({ a = 1, b = 2 }, { b = 3 }, null)
    concat      = concat([1], [2, 3], [])
    lookup      = lookup({ a = "x" }, "a", "y")
    lookup_miss = lookup({ a = "x" }, "b", "y")
    element     = element(local.words, 4)
    length      = [length(local.words), length({ a = 1 }), length("héllo")]
    keys        = keys(local.people)
    values      = values({ b = 1, a = 2 })
    flatten     = flatten(local.nested)
    distinct    = distinct(["b", "a", "b"])
    toset       = toset(["z", "a", "z"])
    tolist      = tolist(var.names)
    tomap       = tomap({ a = "1", b = "2" })
    try         = try(local.people.carl.age, "none")
    can         = [can(local.people.carl), can(local.people.ann)]
    coalesce    = coalesce(null, "", "x", "y")
    coalist     = coalescelist([], ["a"])
    compact     = compact(["a", "", "b"])
    contains    = [contains(local.words, "alpha"), contains(local.words, "zulu")]
    index       = index(local.words, "charlie")
    range       = [range(3), range(1, 4), range(0, 10, 3), range(3, 0)]
    reverse     = reverse(local.words)
    slice       = slice(local.words, 1, 3)
    sort        = sort(local.words)
    union       = setunion(["b"], ["a"], ["b"])
    intersect   = setintersection(["a", "b"], ["b", "c"])
    subtract    = setsubtract(["a", "b"], ["b"])
    product     = setproduct(["a", "b"], ["x", "y"])
    zipmap      = zipmap(["a", "b"], [1, 2])
    one         = [one([]), one(["a"])]
    sum         = sum([1, 2, 3.5])
    all         = [alltrue([true, false]), anytrue([true, false]), alltrue([])]
    chunk       = chunklist(local.numbers, 3)
    matchkeys   = matchkeys(["a", "b", "c"], ["x", "y", "x"], ["x"])
    transpose   = transpose({ a = ["1", "2"], b = ["2"] })
    spread      = max(local.numbers...)
    minmax      = [min(3, 1, 2), max(3, 1, 2), ceil(1.2), floor(1.8), abs(-3), signum(-2), pow(2, 10)]
    parse       = [parseint("ff", 16), tonumber("12"), tostring(12), tobool("true")]
  }
}

resource "terraform_data" "strings" {
  input = {
    format     = format("%s-%03d-%5.1f-%q-%t-%v-%%-%-4s|", "a", 7, 2.55, "q\"", true, [1, "x"], "l")
    formatlist = formatlist("%s.%s", ["a", "b"], "z")
    join       = join("-", ["a", "b"])
    split      = split(",", "a,b,,c")
    cases      = [lower("ABC"), upper("abc"), title("hello big world")]
    replace    = [replace("a.b.c", ".", "-"), replace("abc123", "/[0-9]+/", "<$0>"), replace("john", "/(j)(o)/", "$2$1")]
    regex      = regex("[a-z]+", "53453453.345345aaabbbccc23454")
    regexgrp   = regex("(\\d+)-(\\d+)", "10-20")
    regexname  = regex("^(?P<scheme>[^:/?#]+)://(?P<host>[^/]*)", "https://example.com/x")
    regexall   = regexall("[a-z]+", "1234abcd5678efgh9")
    can        = can(regex("^[a-z]+$", "ABC"))
    trims      = [trim("?!hi?!", "!?"), trimprefix("helloworld", "hello"), trimsuffix("helloworld", "world"), trimspace("  x\n"), chomp("x\n")]
    substr     = [substr("hello world", 1, 4), substr("hello world", -5, -1)]
    starts     = [startswith("hello", "he"), endswith("hello", "lo"), strcontains("hello", "ell")]
    indent     = indent(2, "a\nb")
    strrev     = strrev("abc")
    json       = jsonencode({ b = [1, true, null], a = "<&>", "10" = 1, "9" = 2 })
    decode     = jsondecode("{\"a\":[1,{\"b\":null}]}")
    yaml       = yamldecode("a: 1\nb: [x, y]\nc:\n  d: true\n")
    yamlenc    = yamlencode({ a = 1, b = ["x", true], c = { d = "e" } })
    base64     = [base64encode("hello"), base64decode("aGVsbG8=")]
    hashes     = [md5("a"), sha1("a"), sha256("a"), base64sha256("a"), sha512("a")]
    url        = urlencode("a b&c=d/é!")
    cidr       = [cidrsubnet("10.0.0.0/16", 8, 2), cidrhost("10.0.0.0/24", 5), cidrhost("10.0.0.0/24", -2), cidrnetmask("10.0.0.0/20"), cidrsubnet("2001:db8::/32", 16, 3)]
    cidrs      = cidrsubnets("10.1.0.0/16", 4, 4, 8)
    sensitive  = nonsensitive("x")
    when       = timestamp()
  }
}

resource "terraform_data" "counted" {
  count = var.from_file
  input = "n-${count.index}"
}

resource "terraform_data" "each" {
  for_each = toset(["x", "y.z"])
  input    = { key = each.key, value = each.value }
}

resource "terraform_data" "mapped" {
  for_each = { for k, v in var.sizes : k => v if v.disk > 50 }
  input    = each.value.disk
}

resource "terraform_data" "refers" {
  input = {
    known   = terraform_data.each["x"].input.key
    all     = [for d in terraform_data.counted : d.input]
    handed  = terraform_data.each["x"].output
    mixed   = "id is ${terraform_data.each["x"].id}"
    same    = terraform_data.each["x"].id == "" ? "a" : "a"
    zone    = module.zone["one"].label
    zones   = { for k, z in module.zone : k => z.label }
  }
}

module "zone" {
  source   = "./modules/zone"
  for_each = { one = 1, two = 2 }
  number   = each.value
  prefix   = null
}

module "fixed" {
  source = "./modules/zone/"
  number = 7
}
