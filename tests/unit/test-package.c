/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-package.c - parts of archives and events of XML, and the limits of both:
 * bombs, wrong sizes, entities, depth.
 */
#include "corpus/reader/package.h"

#include "corpus/error.h"
#include "corpus/reader/xml.h"
#include "tests/unit/packing.h"

/* ---- packages ---- */

static struct package *open_bytes(GBytes *bytes)
{
	g_autoptr(GError) error = NULL;
	struct package *package = package_open("file", bytes, &error);

	g_assert_no_error(error);
	return package;
}

static void check_part_error(struct package *package, const char *part, enum rapporteur_error code, const char *reason)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(package_part(package, part, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, (int)code);
	g_assert_nonnull(strstr(error->message, reason));
	g_assert_true(g_str_has_prefix(error->message, "cannot read 'file': "));
}

static void test_parts(void)
{
	static const char *const parts[] = { "a/One.xml", "<one/>", "two", "", NULL };
	g_autoptr(GBytes) bytes = packing_of(parts), one = NULL, two = NULL, folded = NULL;
	g_autoptr(Package) package = open_bytes(bytes);

	g_assert_true(package_has(package, "a/One.xml"));
	g_assert_true(package_has(package, "A/one.XML"));	/* names of parts have no case */
	g_assert_false(package_has(package, "a/three.xml"));
	one = package_part(package, "a/One.xml", NULL);
	g_assert_cmpmem(g_bytes_get_data(one, NULL), g_bytes_get_size(one), "<one/>", 6);
	folded = package_part(package, "a/one.xml", NULL);
	g_assert_true(g_bytes_equal(one, folded));
	two = package_part(package, "two", NULL);
	g_assert_cmpuint(g_bytes_get_size(two), ==, 0);
	check_part_error(package, "three", RAPPORTEUR_ERROR_NOT_FOUND, "part 'three': is missing");
}

static void check_no_archive(const char *s, gsize len)
{
	g_autoptr(GBytes) bytes = g_bytes_new(s, len);
	g_autoptr(GError) error = NULL;

	g_assert_null(package_open("file", bytes, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT);
}

/* Cut at each byte: never an archive with its parts, never a crash. */
static void test_cut(void)
{
	static const char *const parts[] = { "one", "some words of text, some words of text", NULL };
	g_autoptr(GBytes) whole = packing_of(parts);
	gsize len;
	const char *s = g_bytes_get_data(whole, &len);

	check_no_archive("", 0);
	check_no_archive("PK\3\4", 4);
	for (gsize n = 0; n < len; n++) {
		g_autoptr(GBytes) cut = g_bytes_new(s, n), part = NULL;
		g_autoptr(Package) package = package_open("file", cut, NULL);

		part = package ? package_part(package, "one", NULL) : NULL;
		g_assert_null(part);
	}
}

/* Each byte changed: what is handed out is what was packed, or nothing. */
static void test_damaged(void)
{
	static const char text[] = "some words of text, some words of text, some other words";
	static const char *const parts[] = { "one", text, NULL };
	g_autoptr(GBytes) whole = packing_of(parts);
	gsize len;
	const char *s = g_bytes_get_data(whole, &len);

	for (gsize i = 0; i < len; i++) {
		g_autofree char *changed = g_memdup2(s, len);
		g_autoptr(GBytes) bytes = NULL, part = NULL;
		g_autoptr(Package) package = NULL;

		changed[i] ^= 0x41;
		bytes = g_bytes_new(changed, len);
		package = package_open("file", bytes, NULL);
		part = package ? package_part(package, "one", NULL) : NULL;
		if (part)
			g_assert_cmpmem(g_bytes_get_data(part, NULL), g_bytes_get_size(part), text, sizeof text - 1);
	}
}

/* The place of the central entry's field for the size. */
static char *central_size(char *s, gsize len)
{
	for (gsize i = 0; i + 28 < len; i++)
		if (!memcmp(s + i, "PK\1\2", 4))
			return s + i + 24;
	g_assert_not_reached();
}

static void check_claimed_size(guint32 claimed, enum rapporteur_error code, const char *reason)
{
	g_autofree char *text = g_strnfill(100000, 'a'), *changed = NULL;
	const char *const parts[] = { "one", text, NULL };
	g_autoptr(GBytes) whole = packing_of(parts), bytes = NULL;
	g_autoptr(Package) package = NULL;
	gsize len;
	const char *s = g_bytes_get_data(whole, &len);
	guint32 little = GUINT32_TO_LE(claimed);

	changed = g_memdup2(s, len);
	memcpy(central_size(changed, len), &little, 4);
	bytes = g_bytes_new(changed, len);
	package = open_bytes(bytes);
	check_part_error(package, "one", code, reason);
}

static void test_wrong_sizes(void)
{
	check_claimed_size(10, RAPPORTEUR_ERROR_CORRUPT, "is damaged");
	check_claimed_size(200000, RAPPORTEUR_ERROR_CORRUPT, "is damaged");
	check_claimed_size(5 << 20, RAPPORTEUR_ERROR_TOO_LARGE, "1000 times its size");
	check_claimed_size(300u << 20, RAPPORTEUR_ERROR_TOO_LARGE, "more than 256 MB");
}

static void test_bomb(void)
{
	g_autofree char *text = g_malloc0(64 << 20);
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(Package) package = NULL;
	struct packing packing;

	packing_begin(&packing);
	packing_add(&packing, "one", text, 64 << 20);
	bytes = packing_end(&packing);
	g_assert_cmpuint(g_bytes_get_size(bytes), <, 100000);
	package = open_bytes(bytes);
	check_part_error(package, "one", RAPPORTEUR_ERROR_TOO_LARGE, "1000 times its size");
}

static void test_many_parts(void)
{
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(GError) error = NULL;
	struct packing packing;

	packing_begin(&packing);
	for (int i = 0; i <= PACKAGE_PARTS_MAX; i++) {
		g_autofree char *name = g_strdup_printf("%d", i);

		packing_add(&packing, name, "", 0);
	}
	bytes = packing_end(&packing);
	g_assert_null(package_open("file", bytes, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_TOO_LARGE);
}

/* Many readings of one part count as much as many parts. */
static void test_total(void)
{
	g_autofree char *text = g_malloc0(900000);
	const guint times = PACKAGE_TOTAL_MAX_BYTES / 900000;
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(Package) package = NULL;
	struct packing packing;

	packing_begin(&packing);
	packing_add(&packing, "one", text, 900000);
	bytes = packing_end(&packing);
	package = open_bytes(bytes);
	for (guint i = 0; i < times; i++) {
		g_autoptr(GBytes) part = package_part(package, "one", NULL);

		g_assert_nonnull(part);
	}
	check_part_error(package, "one", RAPPORTEUR_ERROR_TOO_LARGE, "more than 512 MB");
}

/* ---- XML ---- */

static void on_start(void *data, const char *ns, const char *name, const struct xml_attributes *attributes)
{
	g_autoptr(GString) buffer = g_string_new(NULL);
	const char *value = xml_attribute(attributes, "v", buffer);

	g_string_append_printf(data, "<%s%s%s%s%s>", ns, *ns ? ":" : "", name, value ? " " : "", value ? value : "");
}

static void on_end(void *data, const char *ns, const char *name)
{
	(void)ns;
	g_string_append_printf(data, "</%s>", name);
}

static void on_text(void *data, const char *s, gsize len)
{
	g_string_append_len(data, s, (gssize)len);
}

static char *events(const char *s, GError **error)
{
	static const struct xml_handler handler = { .start = on_start, .end = on_end, .text = on_text };
	g_autoptr(GBytes) bytes = g_bytes_new(s, strlen(s));
	g_autoptr(GString) out = g_string_new(NULL);

	if (!xml_read("file", "part", bytes, &handler, out, error))
		return NULL;
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static void check_events(const char *s, const char *wanted)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *got = events(s, &error);

	g_assert_no_error(error);
	g_assert_cmpstr(got, ==, wanted);
}

static void test_events(void)
{
	check_events("<a><b v='1'>two</b> three<![CDATA[<four>]]><!-- no --><?no?></a>", "<a><b 1>two</b> three<four></a>");
	check_events("<x:a xmlns:x='u' xmlns='w' x:v='5'><b/></x:a>", "<u:a 5><w:b></b></a>");
	check_events("<a v='x &amp; y &#38; z &lt;&#233;&amp;#38;'>&amp;&#65;</a>", "<a x & y & z <é&#38;>&A</a>");
	check_events("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>", "<a>é</a>");
	check_events("<!DOCTYPE a SYSTEM 'http://house.example/a.dtd'><a/>", "<a></a>");
	check_events("<!DOCTYPE a [<!ENTITY house 'The House'>]><a>&house;</a>", "<a>The House</a>");
}

/* In UTF-16, with a mark or without, XML is read as in UTF-8, and within the same limits. */
static void test_wide(void)
{
	static const struct xml_handler handler = { .start = on_start, .end = on_end, .text = on_text };
	static const char xml[] = "<?xml version='1.0' encoding='UTF-16'?><a v='\xc3\xa9'>\xf0\x9f\x9a\xa2 and a boat</a>";
	g_autoptr(GString) crowd = g_string_new("<?xml version='1.0'?><a");

	for (int i = 0; i <= XML_ATTRIBUTES_MAX; i++)
		g_string_append_printf(crowd, " v%d=''", i);
	g_string_append(crowd, "/>");
	for (int order = 0; order < 4; order++) {
		static const char *const encodings[] = { "UTF-16LE", "UTF-16BE", "UTF-16LE", "UTF-16BE" };
		g_autofree char *marked = g_strconcat(order < 2 ? "" : "\xef\xbb\xbf", xml, NULL);
		gsize len, crowd_len;
		char *wide = g_convert(marked, -1, encodings[order], "UTF-8", NULL, &len, NULL);
		char *wide_crowd = g_convert(crowd->str, -1, encodings[order], "UTF-8", NULL, &crowd_len, NULL);
		g_autoptr(GBytes) bytes = g_bytes_new_take(wide, len), crowded = g_bytes_new_take(wide_crowd, crowd_len);
		g_autoptr(GString) out = g_string_new(NULL);
		g_autoptr(GError) error = NULL;

		g_assert_true(xml_read("file", NULL, bytes, &handler, out, &error));
		g_assert_cmpstr(out->str, ==, "<a \xc3\xa9>\xf0\x9f\x9a\xa2 and a boat</a>");
		g_assert_false(xml_read("file", NULL, crowded, &handler, out, &error));
		g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_TOO_LARGE);
	}
}

static void check_xml_error(const char *s, enum rapporteur_error code)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *got = events(s, &error);

	g_assert_null(got);
	g_assert_error(error, RAPPORTEUR_ERROR, (int)code);
	g_assert_true(g_str_has_prefix(error->message, "cannot read 'file': part 'part'"));
	g_assert_null(strchr(error->message, '\n'));
}

static void test_xml_errors(void)
{
	static const char *const broken[] = { "", "text", "<a>", "<a></b>", "<a/><b/>", "<a>\xe9</a>", "<a>&#1;</a>", "<a v='1' v='2'/>",
		"<a>&</a>" };

	for (gsize i = 0; i < G_N_ELEMENTS(broken); i++)
		check_xml_error(broken[i], RAPPORTEUR_ERROR_SYNTAX);
}

static void test_entities(void)
{
	check_xml_error("<a>&nbsp;</a>", RAPPORTEUR_ERROR_UNSUPPORTED);
	check_xml_error("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><a>&e;</a>", RAPPORTEUR_ERROR_UNSUPPORTED);
	check_xml_error("<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;'>]><a>&d;</a>",
	                RAPPORTEUR_ERROR_UNSUPPORTED);
	check_xml_error("<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>", RAPPORTEUR_ERROR_UNSUPPORTED);
	check_xml_error("<!DOCTYPE a [<!ENTITY e 'words'>]><a v='&e;'/>", RAPPORTEUR_ERROR_UNSUPPORTED);
	check_xml_error("<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/hostname'> %p;]><a/>", RAPPORTEUR_ERROR_SYNTAX);
}

/* What stands for more than a text is named, and why it is not taken. */
static void test_entity_messages(void)
{
	static const struct { const char *xml, *told; } cases[] = {
		{ "<a>&nbsp;</a>", "line 1: the entity '&nbsp;' is not declared in the file" },
		{ "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><a>&e;</a>", "the entity '&e;' stands for another file, and none is fetched" },
		{ "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><a>&c;</a>", "the entity '&c;' stands for markup or for other entities, which are not expanded" },
		{ "<!DOCTYPE a [<!ENTITY e 'words'>]><a v='&e;'/>", "the entity '&e;' stands in an attribute, where such are not expanded" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *got = events(cases[i].xml, &error);

		g_assert_null(got);
		g_assert_true(g_str_has_suffix(error->message, cases[i].told));
	}
}

static void test_depth(void)
{
	g_autoptr(GString) deep = g_string_new(NULL);

	for (int i = 0; i < XML_DEPTH_MAX; i++)
		g_string_append(deep, "<a>");
	for (int i = 0; i < XML_DEPTH_MAX; i++)
		g_string_append(deep, "</a>");
	g_autofree char *fits = events(deep->str, NULL);
	g_assert_nonnull(fits);
	g_string_prepend(deep, "<a>");
	g_string_append(deep, "</a>");
	check_xml_error(deep->str, RAPPORTEUR_ERROR_TOO_LARGE);
}

/* An element of n attributes (or declarations), inside so many that declare as many each. */
static char *crowd(const char *format, guint n, guint times)
{
	GString *s = g_string_new(NULL);

	for (guint k = 0; k < times; k++) {
		g_string_append(s, "<!-- <a 'x' --><a");
		for (guint i = 0; i < n; i++)
			g_string_append_printf(s, format, i);
		g_string_append(s, ">\n");
	}
	for (guint k = 0; k < times; k++)
		g_string_append(s, "</a>");
	return g_string_free(s, FALSE);
}

static void test_attributes(void)
{
	static const char *const formats[] = { " a%u='>'", " xmlns:a%u='u'" };

	g_test_timer_start();
	for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
		g_autofree char *fits = crowd(formats[i], XML_ATTRIBUTES_MAX, 1), *more = crowd(formats[i], XML_ATTRIBUTES_MAX + 1, 1),
		                *many = crowd(formats[i], 100000, 1), *got = events(fits, NULL);

		g_assert_nonnull(got);
		check_xml_error(more, RAPPORTEUR_ERROR_TOO_LARGE);
		check_xml_error(many, RAPPORTEUR_ERROR_TOO_LARGE);
	}
	g_assert_cmpfloat(g_test_timer_elapsed(), <, 5);
	/* quotes of declarations do not hide them */
	g_autofree char *plain = crowd(formats[0], XML_ATTRIBUTES_MAX + 1, 1);
	g_autofree char *declared = g_strconcat("<!DOCTYPE a [<!ENTITY e \"<it's\"><!-- ' -->\n]>", plain, NULL);
	check_xml_error(declared, RAPPORTEUR_ERROR_TOO_LARGE);
	g_autofree char *nested = crowd(formats[1], 6, 170), *attributes = crowd(formats[0], 6, 170);
	g_autofree char *got = events(attributes, NULL);
	g_assert_nonnull(got);
	check_xml_error(nested, RAPPORTEUR_ERROR_TOO_LARGE);
	/* what one declared is not in force beside it */
	g_autoptr(GString) beside = g_string_new("<a>");
	for (guint i = 0; i < 2 * XML_ATTRIBUTES_MAX; i++)
		g_string_append(beside, "<b xmlns:x='u'/>");
	g_string_append(beside, "</a>");
	g_autofree char *apart = events(beside->str, NULL);
	g_assert_nonnull(apart);
}

static bool stops(void *data)
{
	return ((GString *)data)->len > 20;
}

static void test_stop(void)
{
	static const struct xml_handler handler = { .start = on_start, .end = on_end, .text = on_text, .stop = stops };
	static const char s[] = "<a><b v='aaaaaaaaaaaaaaaaaaaaaa'/><c/><d>not closed";
	g_autoptr(GBytes) bytes = g_bytes_new_static(s, sizeof s - 1);
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	g_assert_true(xml_read("file", NULL, bytes, &handler, out, &error));
	g_assert_no_error(error);
	g_assert_null(strstr(out->str, "<c>"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/package/parts", test_parts);
	g_test_add_func("/package/cut", test_cut);
	g_test_add_func("/package/damaged", test_damaged);
	g_test_add_func("/package/wrong-sizes", test_wrong_sizes);
	g_test_add_func("/package/bomb", test_bomb);
	g_test_add_func("/package/many-parts", test_many_parts);
	g_test_add_func("/package/total", test_total);
	g_test_add_func("/xml/events", test_events);
	g_test_add_func("/xml/wide", test_wide);
	g_test_add_func("/xml/errors", test_xml_errors);
	g_test_add_func("/xml/entities", test_entities);
	g_test_add_func("/xml/entity-messages", test_entity_messages);
	g_test_add_func("/xml/depth", test_depth);
	g_test_add_func("/xml/attributes", test_attributes);
	g_test_add_func("/xml/stop", test_stop);
	return g_test_run();
}
