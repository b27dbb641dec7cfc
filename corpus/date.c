/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * date.c - reads dates: splits them into numbers, months and marks, and fits
 * the shapes that they take.
 */
#include "corpus/date.h"

#include <stdio.h>
#include <string.h>

#include "corpus/words.h"

#define PLACE_BYTES 120	/* of a line */
#define PARTS_MAX 8

/* What a part of a date is: a number (with its digits), a month, or "and", "to", "-". */
struct part {
	enum { PART_NUMBER, PART_MONTH, PART_TO, PART_OTHER } kind;
	int value, digits;
};

struct day {
	int year, month, day;
};

static const char *const months[12] = {
	"january jan januar jänner janvier enero gennaio janeiro januari",
	"february feb februar février fevrier febrero febbraio fevereiro februari",
	"march mar märz maerz mars marzo março marco maart",
	"april apr avril abril aprile",
	"may mai mayo maggio maio mei",
	"june jun juni juin junio giugno junho",
	"july jul juli juillet julio luglio julho",
	"august aug août aout agosto augustus",
	"september sep sept septembre septiembre settembre setembro",
	"october oct oktober okt octobre octubre ottobre outubro",
	"november nov novembre noviembre novembro",
	"december dec dezember dez décembre decembre diciembre dicembre dezembro",
};

static bool is_word_of(const char *words, const char *word)
{
	gsize len = strlen(word);

	for (const char *s = words; (s = strstr(s, word)); s += len)
		if ((s == words || s[-1] == ' ') && (s[len] == ' ' || !s[len]))
			return true;
	return false;
}

static struct part word_part(const char *word)
{
	struct part part = { PART_OTHER, 0, 0 };

	if (strlen(word) >= 3) {
		for (int i = 0; i < 12; i++)
			if (is_word_of(months[i], word))
				part = (struct part){ PART_MONTH, i + 1, 0 };
	}
	if (is_word_of("and to und bis et au y e al en tot", word))
		part.kind = PART_TO;
	return part;
}

/* Takes the next part from *s; false at the end. Words that say nothing ("of",
 * "th", commas) are passed over. */
static bool next_part(const char **s, struct part *part)
{
	const char *p = *s;

	while (*p && strchr(" \t,.", *p) && strncmp(p, "..", 2))
		p++;
	if (!*p)
		return false;
	*part = (struct part){ PART_OTHER, 0, 0 };
	if (g_ascii_isdigit(*p)) {
		part->kind = PART_NUMBER;
		for (; g_ascii_isdigit(*p) && part->digits < 5; p++, part->digits++)
			part->value = part->value * 10 + (*p - '0');
		if (!strncmp(p, "th", 2) || !strncmp(p, "st", 2) || !strncmp(p, "nd", 2) ||
		    !strncmp(p, "rd", 2) || !strncmp(p, "er", 2))
			p += 2;
	} else if (g_ascii_isalpha(*p) || (guchar)*p >= 0xc3) {
		const char *e = p;
		g_autofree char *word = NULL, *folded = NULL;

		while (g_ascii_isalpha(*e) || (guchar)*e >= 0x80)
			e++;
		word = g_strndup(p, (gsize)(e - p));
		folded = g_utf8_strdown(word, -1);
		*part = !strncmp(word, "–", 3) ? (struct part){ PART_TO, 0, 0 } : word_part(folded);
		p = !strncmp(word, "–", 3) ? p + 3 : e;
		if (is_word_of("of de del do", folded)) {
			*s = p;
			return next_part(s, part);
		}
	} else {
		part->kind = *p == '-' || *p == '&' || *p == '.' || *p == '/' ? PART_TO : PART_OTHER;
		p += *p == '.' ? 2 : 1;
	}
	*s = p;
	return true;
}

static bool day_valid(struct day d)
{
	if (d.year < 1000 || d.year > 2999 || d.month < 0 || d.month > 12)
		return false;
	return !d.day || (d.month && g_date_valid_dmy((GDateDay)d.day, d.month, (GDateYear)d.year));
}

static void day_print(struct day d, char out[DATE_SIZE])
{
	char buffer[40];

	if (d.day)
		snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", d.year, d.month, d.day);
	else if (d.month)
		snprintf(buffer, sizeof buffer, "%04d-%02d", d.year, d.month);
	else
		snprintf(buffer, sizeof buffer, "%04d", d.year);
	g_strlcpy(out, buffer, DATE_SIZE);
}

/* One ISO date at s; returns its end, NULL where there is none. */
static const char *iso_read(const char *s, struct day *d)
{
	int n = 0;

	*d = (struct day){ 0, 0, 0 };
	for (n = 0; n < 4; n++)
		if (!g_ascii_isdigit(s[n]))
			return NULL;
	if (g_ascii_isdigit(s[4]))
		return NULL;
	sscanf(s, "%4d", &d->year);
	s += 4;
	if (*s == '-' && g_ascii_isdigit(s[1]) && g_ascii_isdigit(s[2]) && !g_ascii_isdigit(s[3])) {
		d->month = (s[1] - '0') * 10 + s[2] - '0';
		s += 3;
		if (!d->month)
			return NULL;
		if (*s == '-' && g_ascii_isdigit(s[1]) && g_ascii_isdigit(s[2]) && !g_ascii_isdigit(s[3])) {
			d->day = (s[1] - '0') * 10 + s[2] - '0';
			s += 3;
			if (!d->day)
				return NULL;
		}
	}
	return day_valid(*d) ? s : NULL;
}

bool date_is_iso(const char *s)
{
	struct day d;
	const char *e = iso_read(s, &d);

	return e && !*e;
}

static bool span(struct day a, struct day b, char first[DATE_SIZE], char last[DATE_SIZE])
{
	if (!day_valid(a) || (b.year && !day_valid(b)))
		return false;
	day_print(a, first);
	*last = 0;
	if (b.year)
		day_print(b, last);
	return true;
}

static bool iso_span(const char *s, char first[DATE_SIZE], char last[DATE_SIZE])
{
	struct day a, b = { 0, 0, 0 };
	const char *e = iso_read(s, &a);

	if (!e)
		return false;
	if ((*e == 'T' || *e == ' ') && a.day && g_ascii_isdigit(e[1]) && g_ascii_isdigit(e[2]) && e[3] == ':')
		return span(a, b, first, last);	/* a time of day follows */
	while (*e == ' ')
		e++;
	if (!*e)
		return span(a, b, first, last);
	if (!strncmp(e, "..", 2))
		e += 2;
	else if (*e == '/')
		e++;
	else if (!strncmp(e, "to ", 3))
		e += 3;
	else
		return false;
	while (*e == ' ')
		e++;
	e = iso_read(e, &b);
	return e && !*e && span(a, b, first, last);
}

/* The shape as letters: N a number of a day, Y a year, M a month, - a "to". */
static bool fit(const struct part *p, const char *shape, char first[DATE_SIZE], char last[DATE_SIZE])
{
	struct day a = { 0, 0, 0 }, b = { 0, 0, 0 };

	if (!strcmp(shape, "MY"))
		a = (struct day){ p[1].value, p[0].value, 0 };
	else if (!strcmp(shape, "NMY"))
		a = (struct day){ p[2].value, p[1].value, p[0].value };
	else if (!strcmp(shape, "MNY"))
		a = (struct day){ p[2].value, p[0].value, p[1].value };
	else if (!strcmp(shape, "NNY"))
		a = (struct day){ p[2].value, p[1].value, p[0].value };
	else if (!strcmp(shape, "Y-N-N"))
		a = (struct day){ p[0].value, p[2].value, p[4].value };
	else if (!strcmp(shape, "N-NMY"))
		a = (struct day){ p[4].value, p[3].value, p[0].value }, b = (struct day){ p[4].value, p[3].value, p[2].value };
	else if (!strcmp(shape, "MN-NY"))
		a = (struct day){ p[4].value, p[0].value, p[1].value }, b = (struct day){ p[4].value, p[0].value, p[3].value };
	else if (!strcmp(shape, "NM-NMY"))
		a = (struct day){ p[5].value, p[1].value, p[0].value }, b = (struct day){ p[5].value, p[4].value, p[3].value };
	else
		return false;
	return span(a, b, first, last);
}

bool date_read(const char *s, char first[DATE_SIZE], char last[DATE_SIZE])
{
	struct part parts[PARTS_MAX];
	char shape[PARTS_MAX + 1];
	int n = 0;

	while (g_ascii_isspace(*s))
		s++;
	if (iso_span(s, first, last))
		return true;
	while (next_part(&s, &parts[n])) {
		struct part *part = &parts[n];

		if (part->kind == PART_OTHER || n == PARTS_MAX - 1)
			return false;
		shape[n++] = part->kind == PART_MONTH ? 'M' : part->kind == PART_TO ? '-' :
		             part->digits == 4 ? 'Y' : part->digits <= 2 ? 'N' : '?';
	}
	shape[n] = 0;
	return fit(parts, shape, first, last);
}

guint32 date_above_place(const char *s, guint32 len)
{
	char first[DATE_SIZE], last[DATE_SIZE];

	for (guint32 pos = text_line_end(s, 0, len) + 1; pos < len; pos = text_line_end(s, pos, len) + 1) {
		g_autofree char *line = g_strstrip(g_strndup(s + pos, MIN(text_line_end(s, pos, len) - pos, PLACE_BYTES)));

		for (char *p = line; p != NULL; p = strchr(p, ',') == NULL ? NULL : g_strchug(strchr(p, ',') + 1))
			if (strlen(p) > 4 && date_read(p, first, last))
				return pos - 1;
	}
	return len;
}
