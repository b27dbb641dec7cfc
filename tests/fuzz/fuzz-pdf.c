/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-pdf.c - pieces of text anywhere on pages of any size through layout, roles
 * and flow; what comes out must lie in the text and nowhere twice. Bytes that
 * begin as PDF are read as such.
 *
 * A piece is 12 bytes: x and y (16 bits each, a tenth of a point), width and height
 * (points), size, flags, and 4 bytes of text; a flag begins another page.
 */
#include <stdint.h>

#include "corpus/reader/pdf/blocks.h"
#include "tests/unit/formats.h"

#define PIECE_BYTES 12
#define PIECES_MAX 4000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const words[] = {
	"inter-", "national", "The meeting ended.", "12", "Ann Bell", ("\x01" "3\x02"), "\xe2\x80\xa2", "1. First", "\xe4\xbc\x9a\xe8\xae\xae",
	"\xd9\x83\xd8\xaa\xd8\xa7\xd8\xa8", "policy-", "\xe2\x80\x9cWords.\xe2\x80\x9d", "a b c d e f g h i j k l m n o", "Page 2 of 9", ".",
		"\xc2\xad",
};

static void add_piece(struct pdf *pdf, const uint8_t *p)
{
	struct pdf_piece piece = { .style = p[6] % 4, .words = 1 };
	struct pdf_page *page;
	const char *word = words[p[8] % G_N_ELEMENTS(words)];

	if (!pdf->pages->len || (p[7] & 0x80)) {
		struct pdf_page next = { .width = (float)(200 + p[9] * 4), .height = (float)(200 + p[10] * 4), .first = pdf->pieces->len };

		g_array_append_val(pdf->pages, next);
	}
	page = pdf_page_at(pdf, pdf->pages->len - 1);
	piece.box.x0 = (float)(p[0] << 8 | p[1]) / 10 - 500;
	piece.box.y0 = (float)(p[2] << 8 | p[3]) / 10 - 500;
	piece.box.x1 = piece.box.x0 + (float)p[4] * 2;
	piece.box.y1 = piece.box.y0 + (float)p[5] / 4;
	piece.first_x1 = (piece.box.x0 + piece.box.x1) / 2;
	piece.size = pdf_style_at(pdf, piece.style)->size;
	piece.text.start = (guint32)pdf->text->len;
	g_string_append(pdf->text, word);
	piece.text.end = (guint32)pdf->text->len;
	piece.chars = p[11] ? (guint32)strlen(word) : 1;
	piece.bold = p[7] & 1 ? piece.chars : 0;
	piece.italic = p[7] & 2 ? piece.chars : 0;
	piece.rtl = p[7] & 4;
	piece.aside = p[7] & 8;
	piece.raised = *word == PDF_MARK_OPEN;
	pdf_style_at(pdf, piece.style)->chars += piece.chars;
	g_array_append_val(pdf->pieces, piece);
	page->n++;
}

static void read_pieces(const uint8_t *data, size_t size)
{
	static const float sizes[] = { 10, 7, 14, 24 };
	g_autoptr(Pdf) pdf = pdf_new();
	g_autoptr(Document) doc = document_new();
	g_autoptr(Draft) draft = draft_new(doc);
	GArray *blocks;

	for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct pdf_style style = { .font = g_strdup("Serif"), .size = sizes[i], .italic = i == 1, .colour = i };

		g_array_append_val(pdf->styles, style);
	}
	for (size_t i = 0; i + PIECE_BYTES <= size && pdf->pieces->len < PIECES_MAX; i += PIECE_BYTES)
		add_piece(pdf, data + i);
	pdf_body(pdf);
	pdf_furniture(pdf);
	pdf_layout(pdf);
	pdf_leading(pdf);
	blocks = pdf_blocks(pdf);
	pdf_mend(pdf, blocks);
	pdf_headings(pdf, blocks, NULL);
	pdf_flow(pdf, blocks, draft);
	pdf_blocks_free(blocks);
	if (draft_finish(draft, NULL))
		formats_check(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > 5 && !memcmp(data, "%PDF-", 5)) {
		g_autoptr(Document) doc = formats_read("input.pdf", (const char *)data, size, FORMAT_PDF, NULL, NULL);
		(void)doc;
	} else {
		read_pieces(data, size);
	}
	return 0;
}
