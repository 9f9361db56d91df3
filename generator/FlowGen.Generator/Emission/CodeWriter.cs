using System.Text;

namespace FlowGen.Generator.Emission;

/// <summary>Writes indented C#. Always ends lines with <c>\n</c>, so that output depends on the source alone.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isBlank = true;

    /// <summary>Writes one line. An empty one is left out where it would follow another, or open a block.</summary>
    public void Line(string line = "")
    {
        if (line.Length == 0)
        {
            if (!_isBlank)
            {
                _text.Append('\n');
            }

            _isBlank = true;
            return;
        }

        _text.Append(' ', 4 * _depth).Append(line).Append('\n');
        _isBlank = false;
    }

    /// <summary>Writes several lines, each indented alike. Inner indentation is kept.</summary>
    public void Lines(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            Line(line.TrimEnd('\r'));
        }
    }

    public void Open(string header = "")
    {
        if (header.Length > 0)
        {
            Line(header);
        }

        Line("{");
        _depth++;
        _isBlank = true;
    }

    public void Close(string tail = "")
    {
        if (_isBlank && _text.Length > 1 && _text[_text.Length - 2] == '\n')
        {
            _text.Length--;
        }

        _depth--;
        Line("}" + tail);
    }

    /// <summary>A label stands one level out, so that the steps of a method can be told apart.</summary>
    public void Label(string name)
    {
        _text.Append(' ', 4 * Math.Max(0, _depth - 1)).Append(name).Append(":\n");
        _isBlank = true;
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        _text.Clear();
        _depth = 0;
        _isBlank = true;
    }

    public override string ToString() => _text.ToString();
}
